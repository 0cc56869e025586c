import { Engine, type TopLevelCondition } from 'json-rules-engine';
import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../base/prng.ts';
import { isoWeekday, localTime } from '../base/time.ts';
import { indexNetwork, type Network, type StockRow } from '../model/network.ts';
import type { Order, OrderLine } from '../model/order.ts';
import type { Rule } from '../model/policy.ts';
import { FACTS, OPERATORS } from '../rules/catalogue.ts';
import { compileRules } from '../rules/compile.ts';
import type { LaneView } from '../rules/facts/fact.ts';
import { createRuleBook } from '../rules/rule-book.ts';
import { createRuleCounts } from '../rules/rule-counts.ts';
import { buildItem, buildLine, buildNode, buildOrder, buildSnapshot } from '../testing/build-scenario.ts';
import { createEligibility } from './eligibility.ts';

/** Every fact of the catalogue, worked out here anew from the nouns. */
function factsOf(
  network: Network,
  order: Order,
  line: OrderLine,
  row: StockRow,
  km: number | null,
): Record<string, unknown> {
  const item = network.items.get(line.sku);
  const node = network.nodes[row.node]!;
  const price = (of: OrderLine): number => of.unitPriceMicros ?? network.items.get(of.sku)?.priceMicros ?? 0;
  const grams = (of: OrderLine): number =>
    of.lineWeightGrams ?? (network.items.get(of.sku)?.weightGrams ?? 0) * of.quantity;
  const total = (value: (of: OrderLine) => number): number => order.lines.reduce((sum, of) => sum + value(of), 0);
  const placed = localTime(Date.parse(order.placedAt), network.snapshot.timeZone);
  const { level } = row;
  const committed = (level?.allocated ?? 0) + (level?.reserved ?? 0) + (level?.sourcingBuffer ?? 0);
  const asOf = localTime(Date.parse(network.snapshot.asOf), network.snapshot.timeZone).day;
  const due = row.receipts.reduce((sum, receipt) => sum + (receipt.day <= asOf ? receipt.quantity : 0), 0);
  const sourceable = Math.max(0, (level?.onHand ?? 0) - committed + due);
  return {
    'order.orderId': order.orderId,
    'order.channel': order.channel,
    'order.country': order.destination.country,
    'order.region': order.destination.region,
    'order.postcode': order.destination.postcode,
    'order.priority': order.priority ?? 0,
    'order.customerId': order.customerId,
    'order.customerTier': order.customerTier,
    'order.tags': order.tags ?? [],
    'order.services': order.services ?? [],
    'order.valueMicros': total((of) => price(of) * of.quantity),
    'order.units': total((of) => of.quantity),
    'order.lineCount': order.lines.length,
    'order.weightGrams': total(grams),
    'order.placedWeekday': isoWeekday(placed.day),
    'order.placedHour': Math.floor(placed.minute / 60),
    'line.quantity': line.quantity,
    'line.unitPriceMicros': price(line),
    'line.valueMicros': price(line) * line.quantity,
    'line.weightGrams': grams(line),
    'item.sku': line.sku,
    'item.category': item?.category,
    'item.weightGrams': item?.weightGrams,
    'item.priceMicros': item?.priceMicros,
    'item.hazmat': item?.hazmat ?? false,
    'item.tags': item?.tags ?? [],
    'node.nodeId': node.nodeId,
    'node.type': node.type,
    'node.region': node.region,
    'node.groups': node.groups ?? [],
    'node.tags': node.tags ?? [],
    'lane.distanceKm': km ?? undefined,
    'stock.onHand': level?.onHand ?? 0,
    'stock.sourceable': sourceable,
    'stock.lastUnit': sourceable === 1,
  };
}

const maybe = <T>(prng: Prng, values: readonly T[]): T | undefined =>
  prng.next() < 0.3 ? undefined : prng.pick(values);
const WORDS = ['a', 'b', 'LS', 'EH', 'a;b', '1:a;', 'true', '3'];
const words = (prng: Prng): string[] | undefined => maybe(prng, [[], ['a'], ['a', 'b'], ['b', 'a'], ['a,b']]);
const defined = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

function randomNetwork(prng: Prng): Network {
  const nodes = Array.from({ length: 6 }, (_, index) =>
    buildNode(`n${index}`, {
      type: prng.pick(['dc', 'store']),
      ...defined({ region: maybe(prng, WORDS), groups: words(prng), tags: words(prng) }),
    }),
  );
  const items = ['cup', 'jug'].map((sku) => ({
    sku,
    weightGrams: prng.integer(0, 3),
    ...defined({
      category: maybe(prng, WORDS),
      priceMicros: maybe(prng, [0, 1, 3]),
      hazmat: maybe(prng, [true, false]),
      tags: words(prng),
    }),
  }));
  return indexNetwork(
    buildSnapshot({
      nodes,
      items: items.length > 0 ? items : [buildItem('cup')],
      stock: nodes.flatMap(({ nodeId }) =>
        ['cup', 'jug'].map((sku) => ({ sku, nodeId, onHand: prng.integer(0, 4), sourcingBuffer: prng.integer(0, 2) })),
      ),
      receipts: [{ receiptId: 'r', sku: 'cup', nodeId: 'n0', quantity: 1, dueOn: '2011-11-14' }],
    }),
  );
}

function randomOrder(prng: Prng, orderId: string): Order {
  const lines = Array.from({ length: prng.integer(1, 3) }, (_, index) => ({
    ...buildLine(String(index), prng.pick(['cup', 'jug']), prng.integer(1, 3)),
    unitPriceMicros: prng.integer(0, 3),
  }));
  return buildOrder(orderId, lines, {
    placedAt: `2011-11-1${prng.integer(0, 9)}T0${prng.integer(0, 9)}:30:00Z`,
    destination: { country: 'GB', ...defined({ region: maybe(prng, WORDS), postcode: maybe(prng, WORDS) }) },
    ...defined({
      channel: maybe(prng, WORDS),
      priority: maybe(prng, [0, 1, 3]),
      customerTier: maybe(prng, WORDS),
      tags: words(prng),
      services: maybe(prng, [['a'], ['a', 'b']]),
    }),
  });
}

const STANDARD = OPERATORS.filter(({ standard }) => standard);
const SAMPLE = indexNetwork(buildSnapshot());
const SAMPLE_ORDER = buildOrder('o', [buildLine('1', 'cup')]);
/** The facts that are worked out anew above. */
const KNOWN = FACTS.filter(
  ({ name }) => name in factsOf(SAMPLE, SAMPLE_ORDER, SAMPLE_ORDER.lines[0]!, SAMPLE.rows[0]!, 0),
);

function randomValue(prng: Prng, operator: string): unknown {
  const scalar = (): unknown =>
    prng.pick<unknown>([...WORDS, 0, 1, 2, 3, 1.5, true, false, null, 'dc', 'store', 'cup', 'n1']);
  if (operator === 'in' || operator === 'notIn') {
    if (prng.next() < 0.2) return { fact: prng.pick(KNOWN.filter(({ type }) => type === 'list')).name };
    return Array.from({ length: prng.integer(0, 4) }, scalar);
  }
  const draw = prng.next();
  return draw < 0.15 ? { fact: prng.pick(KNOWN).name } : draw < 0.2 ? [scalar()] : scalar();
}

function randomCondition(prng: Prng, depth: number): Record<string, unknown> {
  const draw = prng.next();
  if (depth > 0 && (draw < 0.5 || depth === 4)) {
    if (draw < 0.12 && depth < 4) return { not: randomCondition(prng, depth - 1) };
    const inner = Array.from({ length: prng.integer(1, 3) }, () => randomCondition(prng, depth - 1));
    return prng.next() < 0.5 ? { all: inner } : { any: inner };
  }
  const operator = prng.pick(STANDARD).name;
  return { fact: prng.pick(KNOWN).name, operator, value: randomValue(prng, operator) };
}

function randomRule(prng: Prng, name: string): Rule {
  const params = { because: 'x' };
  return {
    name,
    priority: prng.integer(1, 3),
    conditions: randomCondition(prng, 4),
    event:
      prng.next() < 0.4
        ? { type: 'exclude', params }
        : { type: 'penalise', params: { ...params, perLineMicros: 10 ** prng.integer(0, 6) } },
  };
}

/** json-rules-engine itself on all facts: the positions of rules that hold. */
async function heldBy(rules: readonly Rule[], facts: Record<string, unknown>): Promise<Set<string>> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const rule of rules) {
    engine.addRule({
      name: rule.name,
      conditions: structuredClone(rule.conditions) as unknown as TopLevelCondition,
      event: { type: rule.name },
    });
  }
  const { events } = await engine.run(facts);
  return new Set(events.map(({ type }) => type));
}

describe('eligibility', () => {
  it('judges as json-rules-engine does on all facts, for random rules, orders and nodes', async () => {
    let checked = 0;
    let excluded = 0;
    let charged = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const prng = createPrng(seed);
      const network = randomNetwork(prng);
      const rules = Array.from({ length: 5 }, (_, index) => randomRule(prng, `r${index}`));
      const compiled = compileRules(rules, '');
      if (!compiled.ok) throw new Error(`seed ${seed}: ${JSON.stringify(compiled.error)}`);
      const book = createRuleBook(compiled.value);
      const eligibility = createEligibility(book, network, createRuleCounts(book.rules), 0);
      for (let index = 0; index < 4; index++) {
        const order = randomOrder(prng, `o${index}`);
        eligibility.startOrder(order);
        const lanes = new Map(
          network.nodes.map((_, node): [number, LaneView] => [
            node,
            { distanceKm: prng.next() < 0.2 ? null : prng.integer(0, 4), services: [], orderMilligrams: 0 },
          ]),
        );
        eligibility.setLanes([...lanes.keys()], [...lanes.values()]);
        for (const line of order.lines) {
          const rows = network.rowsOf.get(line.sku)!;
          const item = network.items.get(line.sku);
          const demand = { sku: line.sku, item, lines: [line], quantity: line.quantity, weightMilligrams: 0, rows };
          const { refusedBy, penaltyMicros: penalties } = eligibility.judge(demand, rows);
          for (const [position, row] of rows.entries()) {
            const lane = lanes.get(row.node)!;
            const facts = factsOf(network, order, line, row, lane.distanceKm);
            const held = await heldBy(rules, facts);
            const first = compiled.value.findIndex(({ name, effect }) => effect.type === 'exclude' && held.has(name));
            const penaltyMicros = compiled.value.reduce(
              (sum, { name, effect }) =>
                sum + (effect.type === 'penalise' && held.has(name) ? effect.params.perLineMicros : 0),
              0,
            );
            expect(
              [refusedBy[position], first < 0 ? penalties[position] : penaltyMicros],
              `seed ${seed} order ${index} line ${line.lineId} node ${row.node}`,
            ).toEqual([first, penaltyMicros]);
            const read = eligibility.reader(order, line, row, lane);
            if (checked % 50 === 0)
              for (const name of Object.keys(facts)) expect(read(name), `seed ${seed} ${name}`).toEqual(facts[name]);
            checked += 1;
            excluded += first < 0 ? 0 : 1;
            charged += penaltyMicros > 0 ? 1 : 0;
          }
        }
      }
    }
    // The mix must say something: thousands of cases, of every outcome many.
    expect(checked).toBeGreaterThan(2000);
    expect(Math.min(excluded, checked - excluded, charged, checked - charged)).toBeGreaterThan(checked / 10);
  });
});
