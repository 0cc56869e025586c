// Decides the wave on which rules are measured: 20 rules of every kind, nodes over a country, orders with stated facts.
import { createPrng, type NamedCondition, type Order, type Rule, type Snapshot } from '@sourcewright/engine';
import { buildItem, buildLine, buildNode, buildOrder, buildSnapshot } from '@sourcewright/engine/testing';

export const RULE_NODES = 100;
const SKUS = 500;
const CATEGORIES = ['candles', 'lamps', 'garden', 'kitchen', 'toys'];
const REGIONS = ['EH', 'IV', 'LS', 'PL', 'NR', 'BT'];

export function ruleSnapshot(seed: number): Snapshot {
  const prng = createPrng(seed);
  const nodes = Array.from({ length: RULE_NODES }, (_, index) =>
    buildNode(`n${index}`, {
      type: index < 4 ? 'dc' : index < 8 ? '3pl' : index < 12 ? 'vendor' : 'store',
      region: prng.pick(REGIONS),
      groups: prng.next() < 0.3 ? ['north'] : ['south'],
      tags: prng.next() < 0.2 ? ['small'] : [],
      location: { lat: 50 + prng.next() * 8, lon: -5 + prng.next() * 6 },
      rejectPercent: prng.integer(0, 12),
      capacityUsedPercent: prng.integer(10, 110),
    }),
  );
  const items = Array.from({ length: SKUS }, (_, index) =>
    buildItem(`s${index}`, {
      weightGrams: prng.integer(50, 6000),
      category: prng.pick(CATEGORIES),
      hazmat: prng.next() < 0.05,
      oversize: prng.next() < 0.05,
      tags: prng.next() < 0.2 ? ['fragile'] : [],
    }),
  );
  const stock = items.flatMap(({ sku }) =>
    nodes.map(({ nodeId }) => ({
      sku,
      nodeId,
      onHand: prng.integer(0, 30),
      demandPerDay: prng.integer(0, 20) / 10,
      targetUnits: prng.integer(5, 20),
    })),
  );
  return buildSnapshot({ nodes, items, stock });
}

export function ruleOrders(seed: number, count: number, mostLines: number): Order[] {
  const prng = createPrng(seed);
  return Array.from({ length: count }, (_, index) => {
    const lines = Array.from({ length: prng.integer(1, mostLines) }, (_line, line) =>
      buildLine(String(line), `s${prng.integer(0, SKUS - 1)}`, prng.integer(1, 12)),
    );
    return buildOrder(`o${index}`, lines, {
      channel: prng.pick(['web', 'app', 'marketplace']),
      priority: prng.integer(0, 9),
      tags: prng.next() < 0.3 ? ['gift'] : [],
      ...(prng.next() < 0.6 ? { customerTier: prng.pick(['gold', 'silver']) } : {}),
      destination: {
        country: 'GB',
        region: prng.pick(REGIONS),
        postcode: `${prng.pick(REGIONS)}${prng.integer(1, 30)}`,
        lat: 50 + prng.next() * 8,
        lon: -5 + prng.next() * 6,
      },
    });
  });
}

const is = (fact: string, value: unknown) => ({ fact, operator: 'equal', value });
const over = (fact: string, value: unknown) => ({ fact, operator: 'greaterThan', value });
const under = (fact: string, value: unknown) => ({ fact, operator: 'lessThan', value });
const has = (fact: string, value: unknown) => ({ fact, operator: 'contains', value });
const oneOf = (fact: string, value: unknown[]) => ({ fact, operator: 'in', value });
const STORE = is('node.type', 'store');
const SCOTLAND = { condition: 'to Scotland' };

export const NAMED: readonly NamedCondition[] = [
  { name: 'to Scotland', conditions: { any: [oneOf('order.region', ['EH', 'IV'])] } },
];

const CONDITIONS: readonly Rule['conditions'][] = [
  { all: [STORE, over('item.weightGrams', 3000)] },
  { all: [STORE, over('line.quantity', 10)] },
  { all: [has('order.tags', 'gift'), oneOf('node.type', ['vendor', '3pl'])] },
  { all: [is('node.type', 'vendor'), under('order.valueMicros', 15_000_000)] },
  { all: [STORE, is('item.hazmat', true)] },
  { all: [is('item.oversize', true), { not: is('node.type', 'dc') }] },
  { all: [over('lane.distanceKm', 600), { not: SCOTLAND }] },
  { all: [STORE, is('stock.lastUnit', true)] },
  { all: [STORE, under('stock.coverDays', 5), { not: over('order.priority', 7) }] },
  { all: [over('node.rejectPercent', 10), under('order.priority', 8)] },
  { all: [over('node.capacityUsedPercent', 100)] },
  { all: [SCOTLAND, { not: has('node.groups', 'north') }, over('order.valueMicros', 40_000_000)] },
  { all: [is('node.region', { fact: 'order.region' }), is('order.customerTier', 'gold')] },
  { all: [under('stock.sourceable', { fact: 'line.quantity' })] },
  { any: [has('node.tags', 'small'), { all: [is('item.category', 'garden'), STORE] }] },
  { all: [has('item.tags', 'fragile'), over('lane.distanceKm', 250)] },
  { all: [is('order.channel', 'marketplace'), STORE, under('stock.onHand', 6)] },
  { all: [{ fact: 'order.postcode', operator: 'startsWith', value: ['IV', 'BT'] }, over('lane.distanceKm', 400)] },
  { all: [over('stock.overstockUnits', 5), STORE] },
  { all: [{ fact: 'lane.distanceKm', operator: 'between', value: [25, 80] }, is('item.category', 'lamps')] },
];

/** Many rules that differ in their numbers and in one condition more. */
export function manyRules(count: number): Rule[] {
  return Array.from({ length: count }, (_, index) => {
    const rule = RULES[index % RULES.length]!;
    const round = Math.floor(index / RULES.length);
    const more = {
      all: [rule.conditions, over('order.valueMicros', round * 1_000_000), is('order.channel', `c${round}`)],
    };
    return { ...rule, name: `rule ${index + 1}`, conditions: more };
  });
}

/** Refusals and charges in turn. */
export const RULES: readonly Rule[] = CONDITIONS.map((conditions, index) => ({
  name: `rule ${index + 1}`,
  priority: (index % 3) + 1,
  conditions,
  event:
    index % 2 === 0
      ? { type: 'exclude', params: { because: 'It is measured.' } }
      : { type: 'penalise', params: { because: 'It is measured.', perLineMicros: 100_000 + index } },
}));
