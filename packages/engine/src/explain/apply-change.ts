// Decides what a single change means: the same order, policy and snapshot with that one thing other.
// Leaves which changes are tried to counterfactuals.ts; anybody can put one to the test with it.
import { regionOf } from '../candidates/way.ts';
import type { Change } from '../model/explanation.ts';
import type { Node } from '../model/node.ts';
import type { Order } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import type { RateCard } from '../model/rate-card.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** What one order is sourced from. */
export interface OrderCase {
  readonly snapshot: Snapshot;
  readonly order: Order;
  readonly policy: Policy;
}

/** The case with the change made; the same objects where it does not touch them. */
export function applyChange(of: OrderCase, change: Change): OrderCase {
  const { snapshot, order, policy } = of;
  switch (change.kind) {
    case 'stock':
      return { ...of, snapshot: withStock(snapshot, change) };
    case 'distance':
      return { ...of, snapshot: withDistance(snapshot, order, change) };
    case 'rate':
      return { ...of, snapshot: withRate(snapshot, change) };
    case 'cutoff':
      return { ...of, snapshot: withCutoff(snapshot, change) };
    case 'handling':
      return {
        ...of,
        snapshot: withNode(snapshot, change, (node) => ({
          ...node,
          handling: { ...node.handling, perShipmentMicros: Number(change.to) },
        })),
      };
    case 'capacity':
      return {
        ...of,
        snapshot: withNode(snapshot, change, (node) => ({
          ...node,
          capacity: { ...node.capacity, [change.limit!]: Number(change.to) },
        })),
      };
    case 'promise':
      return { ...of, order: { ...order, promiseBy: String(change.to) } };
    case 'split-charge':
      return { ...of, policy: { ...policy, goals: { ...policy.goals, splitMicros: Number(change.to) } } };
    case 'late-charge':
      return { ...of, policy: { ...policy, goals: { ...policy.goals, latenessPerDayMicros: Number(change.to) } } };
    case 'rule':
      return { ...of, policy: { ...policy, rules: (policy.rules ?? []).filter(({ name }) => name !== change.rule) } };
  }
}

function withNode(snapshot: Snapshot, { nodeId }: Change, changed: (node: Node) => Node): Snapshot {
  return { ...snapshot, nodes: snapshot.nodes.map((node) => (node.nodeId === nodeId ? changed(node) : node)) };
}

function withStock(snapshot: Snapshot, { sku, nodeId, to }: Change): Snapshot {
  const onHand = Number(to);
  const isThere = snapshot.stock.some((level) => level.sku === sku && level.nodeId === nodeId);
  const stock = snapshot.stock.map((level) =>
    level.sku === sku && level.nodeId === nodeId ? { ...level, onHand } : level,
  );
  return { ...snapshot, stock: isThere ? stock : [...stock, { sku: sku!, nodeId: nodeId!, onHand }] };
}

/** As a stated lane to the region where the order's goods go. */
function withDistance(snapshot: Snapshot, order: Order, { nodeId, to }: Change): Snapshot {
  const region = regionOf(snapshot.nodes, order)!;
  const lanes = snapshot.lanes ?? [];
  const own = lanes.find((lane) => lane.nodeId === nodeId && lane.region === region);
  const lane = { ...own, nodeId: nodeId!, region, distanceKm: Number(to) };
  return { ...snapshot, lanes: [...lanes.filter((other) => other !== own), lane] };
}

/** Every parcel of the zone costs so much more or less, and no less than nothing. */
function withRate(snapshot: Snapshot, { rateCardId, zone: name, to }: Change): Snapshot {
  const by = Number(to);
  const least = (micros: number): number => Math.max(0, micros + by);
  const changed = (card: RateCard): RateCard => ({
    ...card,
    zones: card.zones.map((zone) =>
      zone.zone === name
        ? {
            ...zone,
            bands: zone.bands.map((band) => ({
              ...band,
              fixedMicros: least(band.fixedMicros),
              ...(band.minimumMicros === undefined ? {} : { minimumMicros: least(band.minimumMicros) }),
            })),
          }
        : zone,
    ),
  });
  return {
    ...snapshot,
    rateCards: snapshot.rateCards.map((card) => (card.rateCardId === rateCardId ? changed(card) : card)),
  };
}

/** The node gets a calendar of its own. */
function withCutoff(snapshot: Snapshot, change: Change): Snapshot {
  const node = snapshot.nodes.find(({ nodeId }) => nodeId === change.nodeId);
  const calendar = snapshot.calendars.find(({ calendarId }) => calendarId === node?.calendarId);
  if (!calendar) return snapshot;
  let calendarId = `${calendar.calendarId}-changed`;
  while (snapshot.calendars.some((other) => other.calendarId === calendarId)) calendarId += '-again';
  const calendars = [...snapshot.calendars, { ...calendar, calendarId, cutoff: String(change.to) }];
  return withNode({ ...snapshot, calendars }, change, (own) => ({ ...own, calendarId }));
}
