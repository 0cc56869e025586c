// Decides what nodes, items and lines of a scenario are called wherever a command answers a person.
import type { LineExplanation, Order, Scenario } from '@sourcewright/engine';

/** An id that the scenario does not know reads as itself. */
export interface Names {
  readonly node: (nodeId: string) => string;
  /** Empty for an item without a name. */
  readonly item: (sku: string) => string;
}

export function namesOf({ snapshot }: Scenario): Names {
  const nodes = new Map(snapshot.nodes.map(({ nodeId, name }) => [nodeId, name]));
  const items = new Map(snapshot.items.map(({ sku, name }) => [sku, name ?? '']));
  return { node: (nodeId) => nodes.get(nodeId) ?? nodeId, item: (sku) => items.get(sku) ?? '' };
}

/** `Line 1  12 × 22465 HANGING METAL STAR LANTERN` */
export function lineTitle({ lineId, quantity, sku }: Pick<LineExplanation, 'lineId' | 'quantity' | 'sku'>, of: Names) {
  return `Line ${lineId}  ${[quantity, '×', sku, of.item(sku)].filter((part) => part !== '').join(' ')}`;
}

/** `3 lines, 24 units, to M4 1HN, GB`, or where it is collected. */
export function orderText({ lines, destination, collectAt }: Order, of: Names): string {
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const place = [destination.postcode ?? destination.region, destination.country].filter(Boolean).join(', ');
  const goes = collectAt === undefined ? `to ${place}` : `collected at ${of.node(collectAt)}`;
  return `${counted(lines.length, 'line')}, ${counted(units, 'unit')}, ${goes}`;
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `A`, `A and B`, `A, B and C`. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
