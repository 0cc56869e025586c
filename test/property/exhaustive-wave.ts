// Decides the cost of the best plan of a tiny wave whose lines stay whole, by trying every plan of every order together.
// Shares candidates and prices with the engine, but no solver, view or ledger: days, stock and capacity are counted here once more.
import { DEFAULT_LIMITS, type Policy, type Scenario } from '@sourcewright/engine';
import type { OrderCandidates } from '../../packages/engine/src/candidates/candidate.ts';
import { createEnumerator } from '../../packages/engine/src/candidates/enumerate.ts';
import { createPricer, type Pricer } from '../../packages/engine/src/costs/price.ts';
import { balancedNetwork } from '../../packages/engine/src/inventory/stock-balance.ts';
import { indexNetwork, type Network } from '../../packages/engine/src/model/network.ts';
import { compilePolicy } from '../../packages/engine/src/rules/compile-policy.ts';

interface Use {
  readonly key: string;
  readonly day: number;
  readonly count: number;
}

interface OrderWay {
  readonly micros: number;
  readonly uses: readonly Use[];
}

/** Units, or shipments, that may be used up to a day; null where there is no limit. */
type LimitAt = (key: string, day: number) => number | null;

/** What all that a key counts costs in the end because of how much it is. */
type RisingMicros = (key: string, count: number) => number;

/** Null when there are more plans than `most` to look at. */
export async function exhaustiveWave(scenario: Scenario, most: number): Promise<number | null> {
  const { policy } = scenario;
  const compiled = compilePolicy(policy, '');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const network = balancedNetwork(indexNetwork(scenario.snapshot), policy.goals.stockBalance);
  const enumerator = createEnumerator(network, policy, compiled.value.book, DEFAULT_LIMITS);
  const pricer = createPricer(network, policy);
  const ways: OrderWay[][] = [];
  for (const order of scenario.orders) {
    const candidates = await enumerator.candidatesOf(order);
    ways.push(waysOf(candidates, pricer, scenario).sort((a, b) => a.micros - b.micros));
  }
  return ways.reduce((product, own) => product * own.length, 1) > most
    ? null
    : cheapest(ways, limits(network), rising(network));
}

/** Every assignment of the lines of one order to a node and day, or to nobody, that its own limits allow. */
function waysOf(candidates: OrderCandidates, pricer: Pricer, { policy }: Scenario): OrderWay[] {
  const { order, demands, nodes } = candidates;
  const places = nodes.flatMap((node) => node.shipDays.map((shipDay) => ({ node, shipDay })));
  const ways: OrderWay[] = [];
  const chosen: number[] = [];
  const most = Math.min(order.maxShipments ?? Infinity, policy.allow.maxShipments ?? Infinity);
  const whole = order.shipComplete === true || !policy.allow.partial;
  const visit = (line: number): void => {
    if (line < demands.length) {
      for (let place = -1; place < places.length; place++) {
        if (place >= 0 && !places[place]!.node.rows[line]) continue;
        chosen[line] = place;
        visit(line + 1);
      }
      return;
    }
    const used = [...new Set(chosen.filter((place) => place >= 0))];
    if (used.length > most || (whole && used.length > 0 && chosen.includes(-1))) return;
    if (!keepsTogether(candidates, chosen) || !isWorthEnough(candidates, chosen, policy)) return;
    let micros = 0;
    const uses: Use[] = [];
    for (const [position, place] of used.entries()) {
      const { node, shipDay } = places[place]!;
      const taken = demands.flatMap(({ quantity }, demand) => (chosen[demand] === place ? [{ demand, quantity }] : []));
      const costs = shipDay.services.map((on) => pricer.shipmentCost(candidates, node, on, taken, position === 0));
      micros += Math.min(...costs.map((cost) => cost.totalMicros));
      const units = taken.reduce((sum, { quantity }) => sum + quantity, 0);
      uses.push({ key: `shipments ${node.node} ${shipDay.day}`, day: shipDay.day, count: 1 });
      uses.push({ key: `units ${node.node} ${shipDay.day}`, day: shipDay.day, count: units });
      for (const { demand, quantity } of taken) {
        uses.push({ key: `stock ${node.rows[demand]!.row}`, day: shipDay.day, count: quantity });
      }
    }
    for (const [demand, place] of chosen.entries()) {
      if (place < 0) micros += pricer.unsourcedUnitMicros(candidates, demand) * demands[demand]!.quantity;
    }
    ways.push({ micros, uses });
  };
  visit(0);
  return ways;
}

/** Any two lines with one name, and any two of one sku, go to one place. */
function keepsTogether({ order, demands }: OrderCandidates, chosen: readonly number[]): boolean {
  const placeOf = (sku: string): number => chosen[demands.findIndex((demand) => demand.sku === sku)]!;
  const places = Map.groupBy(
    order.lines.filter((line) => line.shipTogether !== undefined),
    (line) => line.shipTogether!,
  );
  return [...places.values()].every((lines) => new Set(lines.map(({ sku }) => placeOf(sku))).size === 1);
}

/** The order in one part, or every part worth the minimum; what is worth nothing and left is no part. */
function isWorthEnough({ order, demands }: OrderCandidates, chosen: readonly number[], policy: Policy): boolean {
  const least = order.minPartValueMicros ?? policy.allow.minPartValueMicros ?? 0;
  if (least === 0 || chosen.every((place) => place < 0)) return true;
  const worth = new Map<number, number>();
  for (const [demand, { lines, item }] of demands.entries()) {
    const micros = lines.reduce(
      (sum, line) => sum + line.quantity * (line.unitPriceMicros ?? item?.priceMicros ?? 0),
      0,
    );
    if (micros > 0 || chosen[demand]! >= 0) worth.set(chosen[demand]!, (worth.get(chosen[demand]!) ?? 0) + micros);
  }
  return worth.size === 1 || [...worth.values()].every((micros) => micros >= least);
}

function rising(network: Network): RisingMicros {
  return (key, count) => {
    const [kind, at] = key.split(' ') as [string, string];
    const charge = (unit: number): number => {
      if (kind === 'stock') {
        const steps = network.rows[Number(at)]!.level?.stockOutSteps ?? [];
        let end = 0;
        return (steps.find((step) => unit <= (end += step.units)) ?? steps.at(-1))?.perUnitMicros ?? 0;
      }
      const { shipmentsPerDay = [], unitsPerDay = [] } = network.nodes[Number(at)]!.capacity?.soft ?? {};
      const steps = [
        ...(kind === 'shipments' ? shipmentsPerDay.map((step) => ({ ...step, micros: step.perShipmentMicros })) : []),
        ...(kind === 'units' ? unitsPerDay.map((step) => ({ ...step, micros: step.perUnitMicros })) : []),
      ];
      return steps.findLast((step) => unit > step.above)?.micros ?? 0;
    };
    let micros = 0;
    for (let unit = 1; unit <= count; unit++) micros += charge(unit);
    return micros;
  };
}

function limits(network: Network): LimitAt {
  return (key, day) => {
    const [kind, at] = key.split(' ') as [string, string];
    if (kind !== 'stock') {
      const { shipmentsPerDay, unitsPerDay } = network.nodes[Number(at)]!.capacity ?? {};
      return (kind === 'shipments' ? shipmentsPerDay : unitsPerDay) ?? null;
    }
    const { level, receipts } = network.rows[Number(at)]!;
    const due = receipts.reduce((sum, receipt) => sum + (receipt.day <= day ? receipt.quantity : 0), 0);
    if (!level) return due;
    return level.onHand - (level.allocated ?? 0) - (level.reserved ?? 0) - (level.sourcingBuffer ?? 0) + due;
  };
}

/** Depth first, cheapest ways first; what cannot get below the best is left out. */
function cheapest(ways: readonly (readonly OrderWay[])[], limitAt: LimitAt, riseOf: RisingMicros): number {
  const rest = ways.map((_, order) => ways.slice(order).reduce((sum, own) => sum + own[0]!.micros, 0));
  let best = Infinity;
  const fits = (uses: readonly Use[]): boolean =>
    uses.every(({ key, day }) => {
      const limit = limitAt(key, day);
      if (limit === null) return true;
      return uses.reduce((sum, use) => sum + (use.key === key && use.day <= day ? use.count : 0), 0) <= limit;
    });
  const visit = (order: number, micros: number, uses: readonly Use[]): void => {
    if (order === ways.length) {
      const counts = new Map<string, number>();
      for (const { key, count } of uses) counts.set(key, (counts.get(key) ?? 0) + count);
      best = Math.min(
        best,
        [...counts].reduce((sum, [key, count]) => sum + riseOf(key, count), micros),
      );
      return;
    }
    for (const way of ways[order]!) {
      if (micros + way.micros + (rest[order + 1] ?? 0) >= best) return;
      const all = [...uses, ...way.uses];
      if (fits(all)) visit(order + 1, micros + way.micros, all);
    }
  };
  visit(0, 0, []);
  return best;
}
