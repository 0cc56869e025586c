// Decides where everything on the map lies: projection, curves of flows in classes of width, sizes of nodes, and what is under a point.
import type { NodeType } from '@sourcewright/engine';
import { geoMercator, geoPath, type GeoProjection, scaleSqrt } from 'd3';
import type { Outline } from './outline.ts';

export interface MapNode {
  readonly nodeId: string;
  readonly name: string;
  readonly type: NodeType;
  readonly lat: number;
  readonly lon: number;
  readonly load: number;
}

export interface MapArea {
  readonly areaId: string;
  readonly lat: number;
  readonly lon: number;
  readonly value: number;
}

export interface MapFlow {
  readonly nodeId: string;
  readonly areaId: string;
  readonly value: number;
}

export interface MapData {
  readonly nodes: readonly MapNode[];
  readonly areas: readonly MapArea[];
  readonly flows: readonly MapFlow[];
  /** What is drawn widest, so that a part of the flows is drawn as in the whole; left out, the largest of `flows`. */
  readonly widestValue?: number;
}

export interface Placed<T> {
  readonly item: T;
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly flow: MapFlow;
  readonly from: readonly [number, number];
  readonly bend: readonly [number, number];
  readonly to: readonly [number, number];
}

export interface WidthClass {
  readonly width: number;
  /** Curves of this class as one path. */
  readonly path: string;
}

export interface MapLayout {
  readonly land: readonly { readonly name: string; readonly path: string }[];
  readonly nodes: readonly (Placed<MapNode> & { readonly area: number })[];
  readonly areas: readonly Placed<MapArea>[];
  readonly curves: readonly Curve[];
  readonly classes: readonly WidthClass[];
  /** The value of the widest flow. */
  readonly maxFlow: number;
}

export interface LayoutSize {
  readonly width: number;
  readonly height: number;
  readonly padding: number;
  readonly largestNodeArea: number;
}

/** Width in px of the widest flow; widths are proportional to values. */
export const WIDEST_FLOW = 11;
const WIDTH_CLASSES = 12;
const FAINTEST_FLOW = 0.6;

export function layoutMap(data: MapData, outline: Outline | null, size: LayoutSize): MapLayout {
  const project = projectionFor(data, size);
  const nodeAt = new Map(data.nodes.map((node) => [node.nodeId, project([node.lon, node.lat])!]));
  const areaAt = new Map(data.areas.map((area) => [area.areaId, project([area.lon, area.lat])!]));
  const area = scaleSqrt([0, Math.max(1, ...data.nodes.map((node) => node.load))], [0, 1]);
  const curves = data.flows.flatMap((flow) => {
    const [from, to] = [nodeAt.get(flow.nodeId), areaAt.get(flow.areaId)];
    return from && to && flow.value > 0 ? [curveOf(flow, from, to)] : [];
  });
  const maxFlow = Math.max(data.widestValue ?? 0, ...curves.map((curve) => curve.flow.value));
  return {
    land: outline ? landPaths(outline, project) : [],
    nodes: data.nodes
      .map((node) => ({
        ...placed(node, nodeAt.get(node.nodeId)!),
        area: Math.max(42, area(node.load) ** 2 * size.largestNodeArea),
      }))
      .sort((a, b) => b.area - a.area || (a.item.nodeId < b.item.nodeId ? -1 : 1)),
    areas: data.areas.map((one) => placed(one, areaAt.get(one.areaId)!)),
    curves,
    classes: widthClasses(curves, maxFlow),
    maxFlow,
  };
}

function projectionFor(data: MapData, { width, height, padding }: LayoutSize): GeoProjection {
  const points = [...data.nodes, ...data.areas].map(({ lon, lat }): [number, number] => [lon, lat]);
  const coordinates = points.length > 0 ? points : ([[0, 0]] as [number, number][]);
  return geoMercator().fitExtent(
    [
      [padding, padding],
      [width - padding, height - padding],
    ],
    { type: 'MultiPoint', coordinates },
  );
}

function landPaths(outline: Outline, project: GeoProjection): MapLayout['land'] {
  const draw = geoPath(project).digits(1);
  return outline.lands.map(({ name, polygons }) => ({
    name,
    path: draw({ type: 'MultiPolygon', coordinates: polygons as unknown as [number, number][][][] }) ?? '',
  }));
}

/** A quadratic curve that bends to the left of its way, so that two directions stay apart. */
function curveOf(flow: MapFlow, from: [number, number], to: [number, number]): Curve {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const bend: [number, number] = [(from[0] + to[0]) / 2 + dy * 0.16, (from[1] + to[1]) / 2 - dx * 0.16];
  return { flow, from, bend, to };
}

/** Flows of about one width share a path: thousands of flows stay a dozen elements. */
function widthClasses(curves: readonly Curve[], maxFlow: number): readonly WidthClass[] {
  const paths: string[][] = Array.from({ length: WIDTH_CLASSES }, () => []);
  for (const curve of curves) {
    const at = Math.min(WIDTH_CLASSES - 1, Math.floor(Math.sqrt(curve.flow.value / maxFlow) * WIDTH_CLASSES));
    paths[at]!.push(pathOf(curve));
  }
  return paths
    .map((parts, at) => ({
      width: Math.max(FAINTEST_FLOW, ((at + 0.5) / WIDTH_CLASSES) ** 2 * WIDEST_FLOW),
      path: parts.join(''),
    }))
    .filter(({ path }) => path !== '');
}

export function pathOf({ from, bend, to }: Curve): string {
  return `M${at(from)}Q${at(bend)} ${at(to)}`;
}

export type Hit =
  | { readonly kind: 'node'; readonly nodeId: string }
  | { readonly kind: 'area'; readonly areaId: string }
  | { readonly kind: 'flow'; readonly nodeId: string; readonly areaId: string };

/** What lies under a point of the layout: nodes before areas before flows. `reach` is how near is near, in px. */
export function hitAt(layout: MapLayout, x: number, y: number, reach: number): Hit | null {
  const node = layout.nodes.findLast(
    (one) => Math.hypot(one.x - x, one.y - y) <= (Math.sqrt(one.area) / 2 + 2) * reach,
  );
  if (node) return { kind: 'node', nodeId: node.item.nodeId };
  const area = layout.areas.find((one) => Math.hypot(one.x - x, one.y - y) <= 6 * reach);
  if (area) return { kind: 'area', areaId: area.item.areaId };
  let [nearest, found]: [number, Curve | null] = [5 * reach, null];
  for (const curve of layout.curves) {
    const distance = distanceTo(curve, x, y, nearest);
    if (distance < nearest) [nearest, found] = [distance, curve];
  }
  return found && { kind: 'flow', nodeId: found.flow.nodeId, areaId: found.flow.areaId };
}

const SAMPLES = 24;

function distanceTo({ from, bend, to }: Curve, x: number, y: number, limit: number): number {
  const [west, east] = [Math.min(from[0], bend[0], to[0]), Math.max(from[0], bend[0], to[0])];
  const [north, south] = [Math.min(from[1], bend[1], to[1]), Math.max(from[1], bend[1], to[1])];
  if (x < west - limit || x > east + limit || y < north - limit || y > south + limit) return Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= SAMPLES; i += 1) {
    const t = i / SAMPLES;
    const px = (1 - t) ** 2 * from[0] + 2 * t * (1 - t) * bend[0] + t * t * to[0];
    const py = (1 - t) ** 2 * from[1] + 2 * t * (1 - t) * bend[1] + t * t * to[1];
    least = Math.min(least, Math.hypot(px - x, py - y));
  }
  return least;
}

function placed<T>(item: T, [x, y]: readonly [number, number]): Placed<T> {
  return { item, x, y };
}

function at([x, y]: readonly [number, number]): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
