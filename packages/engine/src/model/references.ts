// Decides whether nouns that name each other agree: ids used once, references that lead somewhere, dates in order.
import { type Issue, pointer, shown } from '../base/issue.ts';
import { NODE_TYPES } from './node.ts';
import type { Order } from './order.ts';
import type { Policy } from './policy.ts';
import { MAX_QUANTITY } from './scalars.ts';
import type { Snapshot } from './snapshot.ts';

/** All broken references and duplicates of a snapshot, with paths below `base`. */
export function snapshotIssues(snapshot: Snapshot, base: string): Issue[] {
  const issues: Issue[] = [];
  const at = (list: string, index: number, field: string): string =>
    pointer(pointer(pointer(base, list), index), field);
  const nodes = uniqueIds(snapshot.nodes, (node) => node.nodeId, 'nodeId', pointer(base, 'nodes'), issues);
  const items = uniqueIds(snapshot.items, (item) => item.sku, 'sku', pointer(base, 'items'), issues);
  const calendars = uniqueIds(
    snapshot.calendars,
    (c) => c.calendarId,
    'calendarId',
    pointer(base, 'calendars'),
    issues,
  );
  const cards = uniqueIds(snapshot.rateCards, (c) => c.rateCardId, 'rateCardId', pointer(base, 'rateCards'), issues);
  const refer = (known: ReadonlySet<string>, id: string, path: string, what: string): void => {
    if (!known.has(id)) issues.push(unknownReference(id, path, what));
  };
  snapshot.nodes.forEach((node, index) => {
    refer(calendars, node.calendarId, at('nodes', index, 'calendarId'), 'calendar');
    node.rateCardIds.forEach((id, i) => refer(cards, id, pointer(at('nodes', index, 'rateCardIds'), i), 'rate card'));
  });
  snapshot.items.forEach((item, index) => {
    const sides = [item.lengthMm, item.widthMm, item.heightMm].filter((side) => side !== undefined).length;
    if (sides === 0 || sides === 3) return;
    const message = `${shown(item.sku)} has ${sides} of its three sides. Give lengthMm, widthMm and heightMm, or none.`;
    issues.push({ code: 'inconsistent', path: at('items', index, 'lengthMm'), message });
  });
  const stocked = new Set<string>();
  snapshot.stock.forEach((level, index) => {
    refer(nodes, level.nodeId, at('stock', index, 'nodeId'), 'node');
    refer(items, level.sku, at('stock', index, 'sku'), 'item');
    const key = `${level.sku}\n${level.nodeId}`;
    if (stocked.has(key)) {
      const message = `Stock of ${shown(level.sku)} at ${shown(level.nodeId)} is given twice. Keep one row a sku and node.`;
      issues.push({ code: 'duplicate-id', path: at('stock', index, 'sku'), message });
    }
    stocked.add(key);
  });
  const receipts = snapshot.receipts ?? [];
  uniqueIds(receipts, (receipt) => receipt.receiptId, 'receiptId', pointer(base, 'receipts'), issues);
  receipts.forEach((receipt, index) => {
    refer(nodes, receipt.nodeId, at('receipts', index, 'nodeId'), 'node');
    refer(items, receipt.sku, at('receipts', index, 'sku'), 'item');
  });
  const counted = new Set<string>();
  snapshot.pickHistory?.forEach(({ nodeId, sku, category, picks, rejects }, index) => {
    refer(nodes, nodeId, at('pickHistory', index, 'nodeId'), 'node');
    if (sku !== undefined) refer(items, sku, at('pickHistory', index, 'sku'), 'item');
    const wrong = (field: string, message: string): void => {
      issues.push({ code: 'inconsistent', path: at('pickHistory', index, field), message });
    };
    if (sku !== undefined && category !== undefined) wrong('category', 'Give a sku or a category, or neither.');
    if (rejects > picks) wrong('rejects', `${rejects} of ${picks} lines cannot have been turned down.`);
    const key = `${nodeId}\n${category ?? ''}\n${sku ?? ''}`;
    if (counted.has(key)) {
      const message = 'The same lines are counted twice. Keep one row a node, category and sku.';
      issues.push({ code: 'duplicate-id', path: at('pickHistory', index, 'nodeId'), message });
    }
    counted.add(key);
  });
  const lanes = new Set<string>();
  snapshot.lanes?.forEach((lane, index) => {
    refer(nodes, lane.nodeId, at('lanes', index, 'nodeId'), 'node');
    const key = `${lane.nodeId}\n${lane.region}`;
    if (lanes.has(key)) {
      const message = `The lane from ${shown(lane.nodeId)} to ${shown(lane.region)} is given twice. Keep one.`;
      issues.push({ code: 'duplicate-id', path: at('lanes', index, 'region'), message });
    }
    lanes.add(key);
    if ((lane.extraTransitDaysP90 ?? Infinity) < (lane.extraTransitDays ?? 0)) {
      const message =
        'A lane cannot add fewer days for nine tenths of parcels than for half. Raise extraTransitDaysP90.';
      issues.push({ code: 'inconsistent', path: at('lanes', index, 'extraTransitDaysP90'), message });
    }
  });
  snapshot.rateCards.forEach((card, index) => issues.push(...zoneIssues(card, at('rateCards', index, 'zones'))));
  return issues;
}

/** Duplicate orders and lines, skus that no item describes, more units than one order may have, half a position. */
export function orderIssues(orders: readonly Order[], snapshot: Snapshot, base: string): Issue[] {
  const issues: Issue[] = [];
  const items = new Set(snapshot.items.map((item) => item.sku));
  const nodes = new Set(snapshot.nodes.map((node) => node.nodeId));
  uniqueIds(orders, (order) => order.orderId, 'orderId', base, issues);
  orders.forEach((order, index) => {
    const linesPath = pointer(pointer(base, index), 'lines');
    uniqueIds(order.lines, (line) => line.lineId, 'lineId', linesPath, issues);
    order.lines.forEach((line, lineIndex) => {
      if (!items.has(line.sku)) {
        issues.push(unknownReference(line.sku, pointer(pointer(linesPath, lineIndex), 'sku'), 'item'));
      }
    });
    const units = order.lines.reduce((sum, line) => sum + line.quantity, 0);
    if (units > MAX_QUANTITY) {
      const message = `${units} units; an order has at most ${MAX_QUANTITY}. Send it as several orders.`;
      issues.push({ code: 'too-large', path: linesPath, message });
    }
    issues.push(...collectionIssues(order, nodes, pointer(base, index)));
    const { lat, lon } = order.destination;
    if ((lat === undefined) !== (lon === undefined)) {
      const message = 'A destination has both lat and lon or neither. Add the one that is missing.';
      issues.push({ code: 'inconsistent', path: pointer(pointer(base, index), 'destination'), message });
    }
  });
  return issues;
}

/** What is collected names a known node; what is sent names none. */
function collectionIssues(
  { fulfilment = 'ship', collectAt }: Order,
  nodes: ReadonlySet<string>,
  path: string,
): Issue[] {
  const at = pointer(path, 'collectAt');
  if (fulfilment === 'ship') {
    if (collectAt === undefined) return [];
    const message = `The order is sent to the customer and names ${shown(collectAt)} to collect at. Leave collectAt out, or give the fulfilment pickup or ship-to-store.`;
    return [{ code: 'inconsistent', path: at, message }];
  }
  if (collectAt === undefined) {
    const message = `A ${fulfilment} order needs the node where the customer collects. Add collectAt.`;
    return [{ code: 'inconsistent', path: at, message }];
  }
  return nodes.has(collectAt) ? [] : [unknownReference(collectAt, at, 'node')];
}

/** Names in a policy's node order that are neither a node nor a node type. */
export function policyReferenceIssues(policy: Policy, snapshot: Snapshot, base: string): Issue[] {
  const known = new Set<string>([...NODE_TYPES, ...snapshot.nodes.map((node) => node.nodeId)]);
  return (policy.nodeOrder ?? []).flatMap((id, index) =>
    known.has(id) ? [] : [unknownReference(id, pointer(pointer(base, 'nodeOrder'), index), 'node or node type')],
  );
}

/** Zones of a rate card that carry nothing or contradict themselves. */
export function rateCardIssues(card: Snapshot['rateCards'][number], base: string): Issue[] {
  return zoneIssues(card, pointer(base, 'zones'));
}

function zoneIssues(card: Snapshot['rateCards'][number], path: string): Issue[] {
  const issues: Issue[] = [];
  card.zones.forEach((zone, index) => {
    if ((zone.transitDaysP90 ?? zone.transitDays) < zone.transitDays) {
      const message = `Zone ${shown(zone.zone)} has a transitDaysP90 below its transitDays. Nine tenths cannot be faster than half.`;
      issues.push({ code: 'inconsistent', path: pointer(pointer(path, index), 'transitDaysP90'), message });
    }
    const open = zone.bands.filter((band) => band.uptoGrams === undefined).length;
    if (open > 1) {
      const message = `Zone ${shown(zone.zone)} has ${open} bands without uptoGrams. Only the heaviest may be open.`;
      issues.push({ code: 'inconsistent', path: pointer(pointer(path, index), 'bands'), message });
    }
    // Weights count from a milligram.
    const heaviest = Math.max(...zone.bands.map((band) => band.uptoGrams ?? Number.POSITIVE_INFINITY));
    if (Math.min(heaviest, card.maxParcelGrams ?? Number.POSITIVE_INFINITY) < 0.001) {
      const message = `Zone ${shown(zone.zone)} carries nothing. Give at least 0.001 g to its heaviest band and to maxParcelGrams.`;
      issues.push({ code: 'inconsistent', path: pointer(pointer(path, index), 'bands'), message });
    }
  });
  return issues;
}

function uniqueIds<T>(
  list: readonly T[],
  idOf: (item: T) => string,
  field: string,
  path: string,
  issues: Issue[],
): Set<string> {
  const seen = new Set<string>();
  list.forEach((item, index) => {
    const id = idOf(item);
    if (seen.has(id)) {
      const message = `${shown(id)} is used more than once. Give each its own ${field}.`;
      issues.push({ code: 'duplicate-id', path: pointer(pointer(path, index), field), message });
    }
    seen.add(id);
  });
  return seen;
}

function unknownReference(id: string, path: string, what: string): Issue {
  return { code: 'unknown-reference', path, message: `No ${what} is called ${shown(id)}. Add it or correct the name.` };
}
