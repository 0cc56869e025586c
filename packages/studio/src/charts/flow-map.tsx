// Decides how the map is drawn: land, flows, areas, nodes and their names, with a legend of the signs in it.
import type { NodeType } from '@sourcewright/engine';
import type { Hit, MapLayout } from './map-layout.ts';
import { WIDEST_FLOW } from './map-layout.ts';
import { nodeShape } from './node-symbol.tsx';
import { placeLabels } from './place-labels.ts';

export interface MapTransform {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export interface FlowMapOptions {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  /** Flows and nodes in the colour of lateness. */
  readonly late: boolean;
  readonly selectedNodeId: string | null;
  readonly hovered: Hit | null;
  readonly transform: MapTransform;
  readonly legend: {
    readonly flow: string;
    readonly node: string;
    readonly valueText: (value: number) => string;
    /** Whether only whole values occur. */
    readonly whole: boolean;
    readonly typeLabel: (type: NodeType) => string;
  } | null;
}

export const IDENTITY: MapTransform = { k: 1, x: 0, y: 0 };
/** Flows of a chosen node can be seen however thin they are beside those of the run. */
const LEAST_CHOSEN = 1.2;
const FOCUS = new Set(['United Kingdom']);

export function FlowMap({ layout, options }: { readonly layout: MapLayout; readonly options: FlowMapOptions }) {
  const { width, height, transform: view, hovered } = options;
  const moved = `translate(${view.x} ${view.y}) scale(${view.k})`;
  return (
    <svg
      className="chart map"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={options.label}
    >
      <rect className="sea" width={width} height={height} />
      <g transform={moved}>
        {layout.land.map((land) => (
          <path key={land.name} className={FOCUS.has(land.name) ? 'land focus' : 'land'} d={land.path} />
        ))}
        <g className={flowClass(options)}>
          {layout.classes.map((one) => (
            <path key={one.width} d={one.path} strokeWidth={widthOf(one.width, options)} />
          ))}
        </g>
        <HoveredFlows layout={layout} hovered={hovered} />
      </g>
      <Areas layout={layout} view={view} hovered={hovered} />
      <Nodes layout={layout} options={options} />
      {options.legend && <Legend layout={layout} options={options} legend={options.legend} />}
    </svg>
  );
}

function HoveredFlows({ layout, hovered }: { readonly layout: MapLayout; readonly hovered: Hit | null }) {
  if (!hovered) return null;
  const touched = layout.curves.filter(({ flow }) => {
    if (hovered.kind === 'flow') return flow.nodeId === hovered.nodeId && flow.areaId === hovered.areaId;
    return hovered.kind === 'node' ? flow.nodeId === hovered.nodeId : flow.areaId === hovered.areaId;
  });
  return (
    <g className="flows hovered">
      {touched.map(({ flow, from, bend, to }) => (
        <path
          key={`${flow.nodeId} ${flow.areaId}`}
          d={`M${from[0]} ${from[1]}Q${bend[0]} ${bend[1]} ${to[0]} ${to[1]}`}
          strokeWidth={Math.max(1, (flow.value / layout.maxFlow) * WIDEST_FLOW)}
        />
      ))}
    </g>
  );
}

interface AreasProps {
  readonly layout: MapLayout;
  readonly view: MapTransform;
  readonly hovered: Hit | null;
}

function Areas({ layout, view, hovered }: AreasProps) {
  const named = view.k >= 2.2;
  return (
    <g className="areas">
      {layout.areas.map(({ item, x, y }) => {
        const [left, top] = [round(x * view.k + view.x), round(y * view.k + view.y)];
        const on = hovered?.kind !== 'node' && hovered?.areaId === item.areaId;
        return (
          <g key={item.areaId}>
            <circle cx={left} cy={top} r={on ? 3.5 : 1.8} className={on ? 'area on' : 'area'} />
            {(named || on) && (
              <text x={left + 5} y={top + 4} className="area-name">
                {item.areaId}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

function Nodes({ layout, options }: { readonly layout: MapLayout; readonly options: FlowMapOptions }) {
  const { transform: view, selectedNodeId, hovered } = options;
  const placed = layout.nodes.map((node) => ({
    node,
    x: round(node.x * view.k + view.x),
    y: round(node.y * view.k + view.y),
    radius: Math.sqrt(node.area) / 2,
  }));
  const labels = placeLabels(
    placed.map(({ node, x, y, radius }) => ({
      id: node.item.nodeId,
      text: node.item.name,
      x,
      y,
      radius,
      must: node.item.nodeId === selectedNodeId,
    })),
    options.width,
  );
  return (
    <g>
      {placed.map(({ node, x, y }) => {
        const { nodeId, type } = node.item;
        const chosen = nodeId === selectedNodeId || (hovered?.kind === 'node' && hovered.nodeId === nodeId);
        const faint = selectedNodeId !== null && !chosen;
        return (
          <path
            key={nodeId}
            className={`node node-${type}${chosen ? ' chosen' : ''}${faint ? ' faint' : ''}`}
            transform={`translate(${x} ${y})`}
            d={nodeShape(type, node.area)}
            data-node={nodeId}
          />
        );
      })}
      {labels.map((label) => (
        <text
          key={label.id}
          x={round(label.x)}
          y={round(label.y)}
          textAnchor={label.anchor}
          className={label.id === selectedNodeId ? 'node-name strong' : 'node-name'}
        >
          {label.text}
        </text>
      ))}
    </g>
  );
}

interface LegendProps {
  readonly layout: MapLayout;
  readonly options: FlowMapOptions;
  readonly legend: NonNullable<FlowMapOptions['legend']>;
}

function Legend({ layout, options, legend }: LegendProps) {
  const types = [...new Set(layout.nodes.map((node) => node.item.type))].sort();
  const widest = Math.max(0, ...layout.curves.map(({ flow }) => flow.value));
  const samples = sampleFlows(layout.maxFlow, widest, legend.whole);
  const height = 26 + types.length * 18 + (samples.length > 0 ? 28 + samples.length * 16 : 0);
  return (
    <g className="map-legend" transform={`translate(12 ${options.height - height - 8})`}>
      <rect x={-6} y={-4} width={172} height={height} rx={4} />
      <text y={12} className="quiet">
        {legend.node}
      </text>
      {types.map((type, row) => (
        <g key={type} transform={`translate(8 ${30 + row * 18})`}>
          <path className={`node node-${type}`} d={nodeShape(type, 90)} />
          <text x={16} y={4}>
            {legend.typeLabel(type)}
          </text>
        </g>
      ))}
      {samples.length > 0 && (
        <g transform={`translate(0 ${26 + types.length * 18})`}>
          <text y={14} className="quiet">
            {legend.flow}
          </text>
          {samples.map((value, row) => (
            <g key={value} transform={`translate(0 ${30 + row * 16})`} className={flowClass(options)}>
              <path d="M0 0h26" strokeWidth={widthOf((value / layout.maxFlow) * WIDEST_FLOW, options)} />
              <text x={36} y={4}>
                {legend.valueText(value)}
              </text>
            </g>
          ))}
        </g>
      )}
    </g>
  );
}

function widthOf(width: number, { selectedNodeId }: FlowMapOptions): number {
  return selectedNodeId === null ? width : Math.max(LEAST_CHOSEN, width);
}

function flowClass({ late, selectedNodeId }: FlowMapOptions): string {
  if (late) return 'flows late';
  return selectedNodeId === null ? 'flows' : 'flows chosen';
}

/** The widest flow of the run and two thinner ones, as values; and the widest that is drawn, where all are thinner still. */
export function sampleFlows(max: number, widest: number, whole: boolean): readonly number[] {
  const values = [1, 0.4, 0.1].map((share) => (whole ? Math.round(max * share) : max * share));
  const least = values.at(-1)!;
  return [...new Set(widest < least ? [...values, widest] : values)].filter((value) => value > 0);
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
