// An explanation as a terminal shows it: the answer first, what is alike said once, plain words, and figures that add up.
import {
  DEFAULT_LIMITS,
  diffExplanations,
  type Evidence,
  type Explanation,
  explainOrder,
  FACTS,
  type Plan,
  type Policy,
  type Rejection,
  type Scenario,
  source,
  TERM_LABELS,
} from '@sourcewright/engine';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
  randomScenario,
} from '@sourcewright/engine/testing';
import { describe, expect, it } from 'vitest';
import { costRows } from '../../packages/server/src/cli/cost-table.ts';
import { renderDiff } from '../../packages/server/src/cli/explanation-diff.ts';
import { renderExplanation } from '../../packages/server/src/cli/explanation-tree.ts';
import { factPhrase, foundText } from '../../packages/server/src/cli/fact-words.ts';
import type { Detail } from '../../packages/server/src/cli/line-branches.ts';
import { namesOf } from '../../packages/server/src/cli/names.ts';
import { rejectionBranches } from '../../packages/server/src/cli/rejection-branches.ts';
import { termLabel } from '../../packages/studio/src/format/words.ts';
import { factPhrase as studioPhrase } from '../../packages/studio/src/views/policies/fact-words.ts';

const LINES = 25;
const skus = Array.from({ length: LINES }, (_, at) => `sku-${at + 1}`);
const stores = ['east', 'west', 'high', 'low'];

/** All but the last item lie in the north; of the last nobody has the 12 wanted, and four stores have some. */
function large(over: Partial<Scenario> = {}): Scenario {
  return buildScenario({
    snapshot: buildSnapshot({
      nodes: [
        buildNode('north'),
        ...stores.map((nodeId) => buildNode(nodeId, { name: `${nodeId} store`, type: 'store' })),
      ],
      items: skus.map((sku) => buildItem(sku, { name: `thing ${sku}` })),
      stock: [
        ...skus.slice(0, -1).map((sku) => ({ sku, nodeId: 'north', onHand: 10 })),
        ...stores.map((nodeId, at) => ({ sku: skus.at(-1)!, nodeId, onHand: at + 1 })),
      ],
    }),
    orders: [
      buildOrder(
        'o1',
        skus.map((sku, at) => buildLine(String(at + 1), sku, at === LINES - 1 ? 12 : 1)),
      ),
    ],
    policy: buildPolicy({ allow: { ...buildPolicy().allow, splitQuantity: 'never' } }),
    ...over,
  });
}

async function planOf(scenario: Scenario): Promise<Plan> {
  const result = await source(scenario, scenario.policy, DEFAULT_LIMITS);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function explained(scenario: Scenario): Promise<Explanation> {
  const { policy } = scenario;
  return (await explainOrder(scenario, policy, await planOf(scenario), 'o1', { counterfactuals: true }))!;
}

async function shown(scenario: Scenario, detail: Detail = {}): Promise<string> {
  return renderExplanation(scenario, await explained(scenario), { ...detail, path: 'my-shop' });
}

/** Without what would flip it, as plans are held against each other. */
async function plain(scenario: Scenario): Promise<Explanation> {
  return (await explainOrder(scenario, scenario.policy, await planOf(scenario), 'o1'))!;
}

const titles = (text: string): string[] => text.split('\n').filter((line) => /^Line \d/.test(line));

describe('what is called what', () => {
  it('is one and the same here and in the studio', () => {
    for (const [term, label] of Object.entries(TERM_LABELS)) expect(termLabel(term)).toBe(label);
    for (const fact of FACTS) expect(factPhrase(fact.name)).toBe(studioPhrase(fact));
  });

  it('leaves no flag without words', () => {
    const names = namesOf(buildScenario());
    for (const { name } of FACTS.filter(({ type }) => type === 'flag')) {
      const [yes, no] = [true, false].map((actual): string => {
        const found: Evidence = { fact: name, operator: 'equal', expected: true, actual, holds: actual };
        return foundText([[found]], names);
      });
      expect(yes).not.toMatch(/\byes\b/);
      expect(no).not.toBe(yes);
    }
  });

  it('says what a rule found in words: each value where all have the same, else the condition that all meet', () => {
    const names = namesOf(buildScenario());
    const type = (actual: string): Evidence => ({
      fact: 'node.type',
      operator: 'in',
      expected: ['store', 'vendor'],
      actual,
      holds: true,
    });
    const quantity: Evidence = {
      fact: 'line.quantity',
      operator: 'greaterThanInclusive',
      expected: 100,
      actual: 216,
      holds: true,
    };
    expect(foundText([[type('store'), quantity]], names)).toBe(
      'It found that the node’s type is store and the line’s quantity is 216 (at least 100).',
    );
    expect(foundText([[type('store')], [type('vendor')]], names)).toBe(
      'It found that the node’s type is one of store, vendor.',
    );
    const tags: Evidence = {
      fact: 'order.tags',
      operator: 'doesNotContain',
      expected: 'export',
      actual: ['gift'],
      holds: true,
    };
    expect(foundText([[tags, { ...type('dc'), holds: false }]], names)).toBe(
      'It found that the order’s tags do not contain export and the node’s type is dc (not one of store, vendor).',
    );
    expect(foundText([[{ ...quantity, actual: null, holds: false }]], names)).toBe(
      'It found that the line’s quantity is not known.',
    );
  });
});

describe('costs side by side', () => {
  it('differ by what the rounded columns differ, or add up to the margin that a sentence names', async () => {
    const { cost } = await explained(buildScenario());
    const near = { ...cost, shippingMicros: 3_504_000, handlingMicros: 2000, riskMicros: 4000, totalMicros: 3_510_000 };
    const far = { ...cost, shippingMicros: 3_506_000, handlingMicros: 6000, riskMicros: 3000, totalMicros: 3_515_000 };
    const text = (byMargin: boolean): string[] =>
      costRows({ title: 'chosen', cost: near }, { title: 'next best', cost: far, byMargin }).map((row) => row.text);
    expect(text(false)).toEqual([
      'Cost      chosen  next best  difference',
      '--------  ------  ---------  ----------',
      'Shipping    3.50       3.51       +0.01',
      'Handling  < 0.01       0.01       +0.01',
      'Total       3.51       3.52       +0.01',
    ]);
    expect(text(true)).toEqual([
      'Cost      chosen  next best  difference',
      '--------  ------  ---------  ----------',
      'Shipping    3.50       3.50        0.00',
      'Total       3.51       3.52       +0.01',
    ]);
  });
});

describe('nodes that were turned down', () => {
  const names = namesOf(buildScenario());
  const view = { names, named: 2, isFull: false, told: new Set<string>(), dearerText: 'Next by cost' };
  const dearer = (nodeId: string, marginMicros: number, over: Partial<Rejection> = {}): Rejection => ({
    id: nodeId,
    nodeId,
    code: 'costs-more',
    marginMicros,
    sentence: `${nodeId} would make the order dearer.`,
    ...over,
  });
  const texts = (...rejections: Rejection[]): string[] => rejectionBranches(rejections, view).map(({ text }) => text);

  it('stand in one row by what they cost more, apart from those that would give a part', () => {
    expect(texts(dearer('c', 3_000_000), dearer('a', 4000), dearer('b', 2_000_000))).toEqual([
      'Next by cost: a less than 0.01, b +2.00 and 1 more, up to +3.00.',
    ]);
    expect(
      texts(
        dearer('a', 1_000_000),
        dearer('b', 2_000_000, { units: 4, insteadOf: 'north' }),
        dearer('c', 3_000_000, { units: 1, insteadOf: 'north' }),
        dearer('d', 5_000_000, { units: 1 }),
        dearer('e', 6_000_000, { units: 2 }),
      ),
    ).toEqual([
      'a would make the order dearer.',
      'In place of north it would cost more: b (4 units) +2.00, c (1 unit) +3.00.',
      'Sending some of what is left out would cost more: d (1 unit) +5.00, e (2 units) +6.00.',
    ]);
  });

  it('keep their own sentence where they would have been cheaper', () => {
    const cheaper = ['a', 'b'].map((nodeId) => dearer(nodeId, -1_000_000, { sentence: `${nodeId} would be cheaper.` }));
    expect(texts(...cheaper)).toEqual(['a would be cheaper.', 'b would be cheaper.']);
  });
});

describe('an explanation in a terminal', () => {
  it('begins with the answer and ends with what is made up, in one line', async () => {
    const synthetic = ['Network: made up.', 'Stock: made up.'];
    const lines = (await shown(buildScenario({ synthetic }))).split('\n');
    expect(lines[0]).toBe('Order o1: 3.50 GBP, 1 line, 1 unit, to LS, GB');
    expect(lines[1]).toContain('north ships the unit on 2011-11-14');
    expect(lines.at(-1)).toBe('Part of this data is made up: sourcewright validate my-shop lists it.');
    expect(lines.join('\n')).not.toContain('Network');
    expect(await shown(buildScenario())).not.toContain('made up');
  });

  it('tells of a large order the lines that something happened to, and how to see the others', async () => {
    const scenario = large();
    const text = await shown(scenario);
    expect(titles(text)).toEqual(['Line 25  12 × sku-25 thing sku-25']);
    expect(text).toContain('… and 24 more lines, each whole from one node.');
    expect(text).toMatch(/--line <id>.*--all/);
    expect(titles(await shown(scenario, { all: true }))).toHaveLength(LINES);
    expect(titles(await shown(scenario, { lineId: '3' }))).toEqual(['Line 3  1 × sku-3 thing sku-3']);
  });

  it('says once what is so of several nodes, and of each by itself where all was asked for', async () => {
    const text = await shown(large());
    expect(text).toContain('Too little stock at 4 nodes: 1 to 4 of the 12 units wanted.');
    expect(text).toContain('low store 4, high store 3, west store 2 and east store 1.');
    const all = await shown(large(), { all: true });
    expect(all).not.toContain('Too little stock at');
    for (const store of stores) expect(all).toMatch(new RegExp(`[├└] ${store} store `));
  });

  it('names five nodes of many, and all where a line was asked for', async () => {
    const many = Array.from({ length: 8 }, (_, at) => `shop-${at + 1}`);
    const scenario = buildScenario({
      snapshot: buildSnapshot({
        nodes: [buildNode('north'), ...many.map((nodeId) => buildNode(nodeId))],
        stock: [
          { sku: 'cup', nodeId: 'north', onHand: 10 },
          ...many.map((nodeId) => ({ sku: 'cup', nodeId, onHand: 1 })),
        ],
      }),
      orders: [buildOrder('o1', [buildLine('1', 'cup', 2)])],
    });
    expect(await shown(scenario)).toContain('shop-1, shop-2, shop-3, shop-4, shop-5 and 3 more.');
    expect(await shown(scenario, { lineId: '1' })).toContain('shop-6, shop-7 and shop-8.');
  });

  it('tells a rule with its reason and what it found, and never by the names of facts', async () => {
    const rules: Policy['rules'] = [
      {
        name: 'shelves',
        conditions: { all: [{ fact: 'node.type', operator: 'equal', value: 'store' }] },
        event: { type: 'exclude', params: { because: 'Shelves are for visitors.' } },
      },
    ];
    const text = await shown(large({ policy: buildPolicy({ rules }) }), { lineId: '25' });
    expect(text).toContain('Each of 4 nodes is excluded by the rule "shelves": Shelves are for visitors.');
    expect(text).toContain('It found that the node’s type is store.');
    expect(text).not.toContain('node.type');
  });

  it('gives the reason of a rule once, and with each line where all was asked for', async () => {
    const rules: Policy['rules'] = [
      {
        name: 'shelves',
        conditions: { all: [{ fact: 'node.type', operator: 'equal', value: 'store' }] },
        event: { type: 'exclude', params: { because: 'Shelves are for visitors.' } },
      },
    ];
    const scenario = large({ policy: buildPolicy({ rules }) });
    const stock = ['sku-1', 'sku-2'].flatMap((sku) => stores.map((nodeId) => ({ sku, nodeId, onHand: 5 })));
    const [snapshot, [order]] = [scenario.snapshot, scenario.orders];
    const three = {
      ...scenario,
      snapshot: { ...snapshot, stock: [...snapshot.stock, ...stock] },
      orders: [{ ...order!, lines: order!.lines.filter(({ lineId }) => ['1', '2', '25'].includes(lineId)) }],
    };
    const text = await shown(three);
    expect(text.match(/Each of 4 nodes is excluded by the rule "shelves": Shelves/g)).toHaveLength(1);
    expect(text.match(/excluded by the rule "shelves", as above\./g)).toHaveLength(2);
    const all = await shown(three, { all: true });
    expect(all.match(/[├└] \w+ store is excluded by the rule "shelves": Shelves/g)).toHaveLength(12);
  });

  it('tells what cartons hold only where that was asked for', async () => {
    const scenario = buildScenario();
    const contents = [{ sku: 'cup', quantity: 1 }];
    const packing = [
      {
        shipmentId: 'o1-1',
        nodeId: 'north',
        cartons: [{ boxId: 'small', weightGrams: 500, contents, count: 1 }],
        unmeasured: [],
        parcelsCharged: 1,
        sentence: 'north could pack it in 1 carton (small).',
      },
    ];
    const explanation = { ...(await explained(scenario)), packing };
    const text = (detail: Detail): string => renderExplanation(scenario, explanation, { ...detail, path: 'x' });
    expect(text({})).toContain('in 1 carton (small).');
    expect(text({})).not.toContain('0.5 kg');
    for (const detail of [{ cartons: true }, { all: true }])
      expect(text(detail)).toContain('1 × small, 0.5 kg: 1 × cup');
  });

  it('is never silent about what would flip an order', async () => {
    const silent = renderExplanation(
      buildScenario(),
      { ...(await explained(buildScenario())), counterfactuals: [] },
      { path: 'my-shop' },
    );
    expect(silent).toContain('No single change that was tried would flip it.');
    const notLookedFor = { splitRules: false, lineIds: ['1'], nothingTried: true, sentence: 'Left out: line 1.' };
    const cut = { ...(await explained(buildScenario())), counterfactuals: [], notLookedFor };
    expect(renderExplanation(buildScenario(), cut, { path: 'x' })).toContain(
      'Left out: line 1. --thorough looks further.',
    );
    expect(renderExplanation(buildScenario(), cut, { path: 'x', thorough: true })).not.toContain('--thorough');
    expect(renderExplanation(buildScenario(), cut, { path: 'x' })).not.toContain('Nothing was found');
  });
});

describe('an order in two plans', () => {
  it('is told by names, each line with what was so before and what is now', async () => {
    const near = large();
    const before = await plain(near);
    const [north, ...others] = near.snapshot.nodes;
    const dear = { ...north!, handling: { perShipmentMicros: 90_000_000 } };
    const stock = near.snapshot.stock.map((row) => ({ ...row, onHand: 20 }));
    const after = await plain({ ...near, snapshot: { ...near.snapshot, nodes: [dear, ...others], stock } });
    const diff = diffExplanations(before, after);
    const text = renderDiff(near, { before, after, diff }, { before: 'nearest', now: 'optimal' });
    expect(text).toMatch(/^Order o1: [\d,.]+ GBP (dearer|cheaper) than with nearest\n/);
    expect(text).toContain('Line 25: nobody → ');
    expect(text).toContain('before (nearest): ');
    expect(text).toContain('now (optimal): ');
    expect(text).not.toMatch(/items\/|lines\//);
    const titles = { before: 'nearest', now: 'optimal' };
    const one = renderDiff(near, { before, after, diff }, { ...titles, lineId: '25' });
    expect(one).toContain('Line 25: nobody → ');
    expect(one).not.toMatch(/Lines? [1-9]\b/);
    expect(renderDiff(near, { before, after, diff }, { ...titles, lineId: '1' })).not.toContain('Line 25');
  });

  it('says that nothing differs, without reasons of nodes that were turned down', async () => {
    const before = await plain(large());
    const other = large();
    const stock = other.snapshot.stock.map((row) => (row.nodeId === 'low' ? { ...row, onHand: 0 } : row));
    const after = await plain({ ...other, snapshot: { ...other.snapshot, stock } });
    const diff = diffExplanations(before, after);
    expect(diff.changes.some(({ kind }) => kind === 'rejection')).toBe(true);
    const detail = { before: 'nearest', now: 'optimal' };
    const text = renderDiff(other, { before, after, diff }, detail);
    expect(text).toContain('Order o1: costs the same as with nearest');
    expect(text).toContain('The same nodes supply it.');
    expect(text).not.toContain('low store');
    expect(text).toMatch(/with another reason \(--all shows them\)/);
    expect(renderDiff(other, { before, after, diff }, { ...detail, all: true })).toContain(
      'low store for thing sku-25',
    );
  });
});

describe('any order of any scenario', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed + 1))(
    'reads without codes and odd figures: seed %i',
    async (seed) => {
      const scenario = randomScenario(seed, { orders: 6, nodes: 5, skus: 4, linesPerOrder: 3, limits: seed % 2 === 0 });
      const plan = await planOf(scenario);
      for (const { orderId } of scenario.orders) {
        const explanation = (await explainOrder(scenario, scenario.policy, plan, orderId, { counterfactuals: true }))!;
        for (const detail of [{}, { all: true }]) {
          const text = renderExplanation(scenario, explanation, { ...detail, path: 'x' });
          expect(text).not.toMatch(/NaN|undefined|\[object|[-−]0\.00|\b(node|order|line|item|stock|lane)\.[a-z]/);
          expect(text.split('\n')[0]).toContain(`Order ${orderId}: `);
        }
      }
    },
  );
});
