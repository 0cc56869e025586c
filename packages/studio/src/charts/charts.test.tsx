import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ChartFrame } from './chart-frame.tsx';
import { FlowMap, IDENTITY } from './flow-map.tsx';
import { GapTrace, type TraceDot } from './gap-trace.tsx';
import { sampleFlows } from './flow-map.tsx';
import { hitAt, layoutMap, type MapData } from './map-layout.ts';
import { NodeSign } from './node-symbol.tsx';
import { type Candidate, CandidateMap } from './candidate-map.tsx';
import { CostPair } from './cost-pair.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import type { Outline } from './outline.ts';
import { placeLabels } from './place-labels.ts';
import { Waterfall, type WaterfallData } from './waterfall.tsx';

const text = { valueText: (value: number) => value.toFixed(2), deltaText: (value: number) => value.toFixed(2) };

const SAVING: WaterfallData = {
  start: { label: 'Nearest', value: 400 },
  steps: [
    { id: 'shipping', label: 'Shipping', delta: -120 },
    { id: 'split', label: 'Splits', delta: 0 },
    { id: 'unsourced', label: 'Unsourced', delta: 20 },
  ],
  end: { label: 'Exact', value: 300 },
};

describe('waterfall', () => {
  it('is drawn as it was', () => {
    expect(renderToStaticMarkup(<Waterfall data={SAVING} options={{ width: 600, ...text }} />)).toMatchSnapshot();
  });

  it('says where its axis starts when it does not start at zero', () => {
    const close = { ...SAVING, start: { label: 'A', value: 4000 }, end: { label: 'B', value: 3900 } };
    const drawn = renderToStaticMarkup(<Waterfall data={close} options={{ width: 600, ...text }} />);
    expect(drawn).toContain('axis starts at 3800.00');
    expect(drawn.match(/wf-break/g)).toHaveLength(2);
  });

  it('ends each step where the next begins, the last one at the end', () => {
    const drawn = renderToStaticMarkup(<Waterfall data={SAVING} options={{ width: 600, ...text }} />);
    const bars = [...drawn.matchAll(/<rect class="wf \w+" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)];
    const edges = bars.map(([, x, width]) => [Number(x), Number(x) + Number(width)] as const);
    const [start, shipping, , unsourced, end] = edges;
    expect(shipping![1]).toBeCloseTo(start![1], 0);
    expect(unsourced![0]).toBeCloseTo(shipping![0], 0);
    expect(end![1]).toBeCloseTo(unsourced![1], 0);
  });
});

describe('cost and bound over time', () => {
  const times = { width: 600, valueText: (value: number) => value.toFixed(0), timeText: (ms: number) => `${ms} ms` };
  const dot = (elapsedMs: number, cost: number | null, bound: number | null): TraceDot => ({ elapsedMs, cost, bound });
  const draw = (...dots: TraceDot[]): string => renderToStaticMarkup(<GapTrace dots={dots} options={times} />);

  it('names the result, and says it in words', () => {
    const drawn = draw(dot(40, 900, null), dot(60, 900, 500), dot(2000, 800, 700), dot(4000, 800, 750));
    expect(drawn).toContain('>cost 800<');
    expect(drawn).toContain('>bound 750<');
    expect(drawn).toContain('First plan 900 after 40 ms; last 800 after 4000 ms, lower bound 750');
    expect(drawn).not.toContain('NaN');
  });

  it('gives early steps room where a run took much longer than its first plan', () => {
    const at = (drawn: string): number => Number(/class="cost" d="M([\d.]+),[\d.]+L([\d.]+)/.exec(drawn)?.[2]);
    const early = at(draw(dot(10, 900, 700), dot(100, 850, 700), dot(10_000, 800, 750)));
    const even = at(draw(dot(1000, 900, 700), dot(1010, 850, 700), dot(2000, 800, 750)));
    expect(early).toBeGreaterThan(200);
    expect(even).toBeLessThan(100);
  });

  it('keeps the names of cost and bound apart where they meet', () => {
    const drawn = draw(dot(10, 900, 700), dot(20, 800, 800));
    const [cost, bound] = ['cost', 'bound'].map((name) =>
      Number(new RegExp(`class="${name}-name" x="[\\d.]+" y="([\\d.]+)"`).exec(drawn)?.[1]),
    );
    expect(bound! - cost!).toBeGreaterThanOrEqual(14);
  });

  it('draws nothing of a run without a plan', () => {
    expect(draw()).toBe('');
    expect(draw(dot(5, null, 3))).toBe('');
  });
});

const MAP: MapData = {
  nodes: [
    { nodeId: 'DC', name: 'Daventry DC', type: 'dc', lat: 52.2, lon: -1.2, load: 900 },
    { nodeId: 'ST', name: 'Leeds store', type: 'store', lat: 53.8, lon: -1.5, load: 100 },
    { nodeId: 'VE', name: 'Poster maker', type: 'vendor', lat: 51.5, lon: -3.2, load: 0 },
  ],
  areas: [
    { areaId: 'EH', lat: 55.9, lon: -3.2, value: 700 },
    { areaId: 'PL', lat: 50.4, lon: -4.1, value: 300 },
  ],
  flows: [
    { nodeId: 'DC', areaId: 'EH', value: 600 },
    { nodeId: 'DC', areaId: 'PL', value: 300 },
    { nodeId: 'ST', areaId: 'EH', value: 100 },
    { nodeId: 'VE', areaId: 'EH', value: 0 },
  ],
};
const ISLAND: Outline = {
  source: 'made up',
  box: [-6, 50, 2, 57],
  lands: [
    {
      name: 'United Kingdom',
      polygons: [
        [
          [
            [-5, 50],
            [-5, 57],
            [1, 57],
            [1, 50],
            [-5, 50],
          ],
        ],
      ],
    },
  ],
};
const SIZE = { width: 500, height: 400, padding: 30, largestNodeArea: 900 };
const LEGEND = { flow: 'Flow: units', node: 'Node: units', valueText: String, whole: true, typeLabel: String };

function drawMap(selectedNodeId: string | null): string {
  const options = { width: 500, height: 400, label: 'Flows', late: false, hovered: null, transform: IDENTITY };
  return renderToStaticMarkup(
    <FlowMap layout={layoutMap(MAP, ISLAND, SIZE)} options={{ ...options, selectedNodeId, legend: LEGEND }} />,
  );
}

describe('map', () => {
  it('is drawn as it was', () => {
    expect(drawMap(null)).toMatchSnapshot();
  });

  it('draws no flow without a value, and widths in proportion', () => {
    const layout = layoutMap(MAP, ISLAND, SIZE);
    expect(layout.curves).toHaveLength(3);
    expect(layout.maxFlow).toBe(600);
    const [thin, thick] = [layout.classes[0]!.width, layout.classes.at(-1)!.width];
    expect(thick / thin).toBeGreaterThan(4);
  });

  it('finds what lies under a point: nodes before areas before flows', () => {
    const layout = layoutMap(MAP, ISLAND, SIZE);
    const dc = layout.nodes.find((node) => node.item.nodeId === 'DC')!;
    const eh = layout.areas.find((area) => area.item.areaId === 'EH')!;
    expect(hitAt(layout, dc.x, dc.y, 1)).toEqual({ kind: 'node', nodeId: 'DC' });
    expect(hitAt(layout, eh.x, eh.y, 1)).toEqual({ kind: 'area', areaId: 'EH' });
    const { from, bend, to } = layout.curves[1]!;
    const middle = [0, 1].map((axis) => (from[axis]! + 2 * bend[axis]! + to[axis]!) / 4) as [number, number];
    expect(hitAt(layout, ...middle, 1)).toEqual({ kind: 'flow', nodeId: 'DC', areaId: 'PL' });
    expect(hitAt(layout, 2, 2, 1)).toBeNull();
  });

  it('makes the other nodes faint when one is chosen', () => {
    expect(drawMap('DC').match(/ faint"/g)).toHaveLength(2);
    expect(drawMap(null)).not.toContain('faint');
  });
});

describe('names on the map', () => {
  it('never lie over one another, and the first wish wins', () => {
    const wishes = Array.from({ length: 30 }, (_, at) => ({
      id: `n${at}`,
      text: 'A long name',
      x: 100 + at,
      y: 100,
      radius: 3,
    }));
    const placed = placeLabels(wishes, 400);
    expect(placed[0]?.id).toBe('n0');
    expect(placed.length).toBeLessThan(6);
  });
});

describe('timeline', () => {
  const shipments = [
    { id: '1', label: 'Warehouse', shipDay: 15_292, deliverDay: 15_294, lateDays: 0 },
    { id: '2', label: 'A vendor with a very long name', shipDay: 15_295, deliverDay: 15_298, lateDays: 2 },
  ];

  it('is drawn as it was', () => {
    const data = { placedDay: 15_292, promiseDay: 15_296, shipments };
    expect(renderToStaticMarkup(<OrderTimeline data={data} options={{ width: 560 }} />)).toMatchSnapshot();
  });

  it('marks the part after the promise, and says it in words', () => {
    const drawn = renderToStaticMarkup(
      <OrderTimeline data={{ placedDay: 15_292, promiseDay: 15_296, shipments }} options={{ width: 560 }} />,
    );
    expect(drawn.match(/class="overdue"/g)).toHaveLength(1);
    expect(drawn).toContain('2 days late');
  });

  it('tells a transfer from what is kept where it is collected', () => {
    const collected = [
      { id: 'a', label: 'Leeds', shipDay: 15_292, arriveDay: 15_293, deliverDay: 15_294, lateDays: 0 },
      { id: 'b', label: 'York', shipDay: 15_292, deliverDay: 15_292, lateDays: 0, kept: true },
    ];
    const data = { placedDay: 15_292, promiseDay: 15_296, shipments: collected };
    const drawn = renderToStaticMarkup(<OrderTimeline data={data} options={{ width: 560 }} />);
    expect(drawn.match(/class="ship"/g)).toHaveLength(1);
    expect(drawn.match(/class="arrive"/g)).toHaveLength(1);
    expect(drawn.match(/class="deliver"/g)).toHaveLength(2);
    expect(drawn).toMatch(/Leeds ships \w+ \d+, there \w+ \d+, ready \w+ \d+\. York keeps it for collection, ready/);
  });

  it('says that nothing ships', () => {
    const data = { placedDay: 15_292, promiseDay: 15_296, shipments: [] };
    expect(renderToStaticMarkup(<OrderTimeline data={data} options={{ width: 560 }} />)).toContain('Nothing ships.');
  });
});

describe('two costs side by side', () => {
  const rows = [
    { id: 'shipping', label: 'Shipping', left: 5, right: 8 },
    { id: 'handling', label: 'Handling', left: 1, right: 0 },
  ];

  it('puts each term on top of those before it, on one scale, and adds up', () => {
    const drawn = renderToStaticMarkup(
      <CostPair data={{ left: 'Leeds', right: 'York', rows }} options={{ width: 640, ...text }} />,
    );
    expect(drawn).toContain('total 6.00 against 8.00');
    const bars = [...drawn.matchAll(/class="wf (\w+)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)];
    expect(bars.map(([, kind]) => kind)).toEqual(['chosen', 'chosen', 'total', 'second', 'none', 'total']);
    const [shipping, handling, total] = bars.map(([, , x, width]) => ({ x: Number(x), width: Number(width) }));
    expect(handling!.x).toBeCloseTo(shipping!.x + shipping!.width, 0);
    expect(total!.width).toBeCloseTo(shipping!.width + handling!.width, 0);
  });
});

describe('the map of an order', () => {
  it('draws ways from nodes that ship and from the next best, and names what was turned down', () => {
    const candidates = [
      { nodeId: 'a', name: 'Leeds', role: 'chosen' as const, note: 'Ships', lat: 53.8, lon: -1.5 },
      { nodeId: 'b', name: 'York', role: 'second' as const, note: 'Next best', lat: 53.96, lon: -1.1 },
      { nodeId: 'c', name: 'Hull', role: 'rejected' as const, note: 'No stock left', lat: 53.7, lon: -0.3 },
    ];
    const drawn = renderToStaticMarkup(
      <CandidateMap
        data={{ destination: { lat: 54, lon: -2 }, candidates }}
        outline={null}
        options={{ width: 600, height: 300 }}
      />,
    );
    expect(drawn).toContain('Nodes that ship: Leeds. Next best: York. Turned down: Hull.');
    expect(drawn.match(/class="way /g)).toHaveLength(2);
    expect(drawn.match(/<circle/g)).toHaveLength(3);
    expect(drawn).toContain('<title>Hull: No stock left</title>');
    expect(drawn).not.toContain('NaN');
  });

  it('takes no more width than its points need, and names who sends without what stands in brackets', () => {
    const tall = [
      { nodeId: 'a', name: 'Potteries (vendor)', role: 'chosen' as const, note: 'Ships', lat: 50, lon: -1.5 },
      { nodeId: 'b', name: 'Inverness', role: 'rejected' as const, note: 'Costs more', lat: 57.5, lon: -2.1 },
    ];
    const draw = (candidates: typeof tall) =>
      renderToStaticMarkup(
        <CandidateMap
          data={{ destination: { lat: 53, lon: -2 }, candidates }}
          outline={null}
          options={{ width: 400, height: 300 }}
        />,
      );
    const width = (drawn: string) => Number(/<svg[^>]* width="(\d+)"/.exec(drawn)?.[1]);
    const wide = tall.map((one, at) => ({ ...one, lat: 52, lon: at * 20 }));
    expect(width(draw(tall))).toBe(320);
    expect(width(draw(wide))).toBe(400);
    for (const name of ['Destination', 'Potteries', 'Inverness']) expect(draw(tall)).toContain(`>${name}</text>`);
  });

  it('leads to the node where the order is collected, which is ringed', () => {
    const candidates: readonly Candidate[] = [
      { nodeId: 'L', name: 'Leeds', role: 'chosen', note: 'Ships', lat: 53.8, lon: -1.5 },
      { nodeId: 'Y', name: 'York', role: 'rejected', note: 'No stock left', lat: 54, lon: -1 },
    ];
    const data = { destination: { lat: 54, lon: -1 }, candidates, collectAt: { nodeId: 'Y', name: 'York' } };
    const drawn = renderToStaticMarkup(
      <CandidateMap data={data} outline={null} options={{ width: 600, height: 300 }} />,
    );
    expect(drawn).toContain('Collected at York. Nodes that ship: Leeds.');
    expect(drawn.match(/class="collecting rejected"/g)).toHaveLength(1);
    expect(drawn.match(/class="way chosen"/g)).toHaveLength(1);
    expect(drawn.match(/>York</g)).toHaveLength(1);
  });
});

describe('a part of the flows', () => {
  const one: MapData = {
    ...MAP,
    flows: MAP.flows.slice(0, 1).map((flow) => ({ ...flow, value: 6 })),
    widestValue: 600,
  };
  const size = { width: 600, height: 400, padding: 20, largestNodeArea: 900 };

  it('is drawn as wide as in the whole', () => {
    const [part, alone] = [layoutMap(one, null, size), layoutMap({ ...one, widestValue: 0 }, null, size)];
    expect(part.maxFlow).toBe(600);
    expect(part.classes[0]!.width).toBeLessThan(alone.classes[0]!.width);
  });

  it('has a sample of its own where it is thinner than the others', () => {
    expect(sampleFlows(600, 600, true)).toEqual([600, 240, 60]);
    expect(sampleFlows(600, 6, true)).toEqual([600, 240, 60, 6]);
    expect(sampleFlows(2, 1, true)).toEqual([2, 1]);
    expect(sampleFlows(0, 0, true)).toEqual([]);
  });
});

describe('names on a map', () => {
  const wish = (id: string, x: number, y: number, more: object = {}) => ({
    id,
    text: 'A node',
    x,
    y,
    radius: 4,
    ...more,
  });

  it('stand where they must, even over other points, and inside the frame', () => {
    const crowd = Array.from({ length: 60 }, (_, at) =>
      wish(`p${at}`, 60 + (at % 10) * 8, 40 + Math.floor(at / 10) * 8),
    );
    const ids = (must: boolean) => placeLabels([wish('it', 96, 60, { must }), ...crowd], 200, 120).map(({ id }) => id);
    expect(ids(false)).not.toContain('it');
    expect(ids(true)).toContain('it');
  });

  it('stand beside a point that lies within a larger one', () => {
    const large = { ...wish('large', 100, 60), radius: 20 };
    expect(placeLabels([large, wish('small', 92, 52)], 300, 120).map(({ id }) => id)).toEqual(['large', 'small']);
  });

  it('are left out where the frame cuts them', () => {
    expect(placeLabels([wish('top', 100, 1)], 104, 12)).toEqual([]);
  });
});

describe('frame and signs', () => {
  it('has a title, a subtitle and a way to the table', () => {
    const table = { columns: ['Term', 'GBP'], rows: [{ key: 'a', cells: ['Shipping', '1.00'] }] };
    const drawn = renderToStaticMarkup(
      <ChartFrame title="A costs less" subtitle="Total cost, GBP" table={table}>
        {(width) => <svg width={width} />}
      </ChartFrame>,
    );
    expect(drawn).toMatchSnapshot();
  });

  it('tells node types apart by shape', () => {
    const shapes = (['dc', 'store', 'vendor', '3pl'] as const).map((type) =>
      renderToStaticMarkup(<NodeSign type={type} />),
    );
    expect(new Set(shapes.map((shape) => /d="([^"]+)"/.exec(shape)?.[1])).size).toBe(4);
  });
});
