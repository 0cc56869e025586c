// Decides how a Fluent Commerce sourcing profile reads as a cascade: strategies by priority, then the first fallback that fits.
// Shape as its public documentation describes profiles, conditions and criteria; types are known by their last part.
import { z } from 'zod';
import type { Issue } from '../base/issue.ts';
import { MICROS } from '../base/money.ts';
import { orderBy } from '../base/order-by.ts';
import { type Result, succeed } from '../base/result.ts';
import type { CascadeStrategy, Rank } from '../model/cascade.ts';
import { parserOf } from '../model/parse.ts';
import type { Policy } from '../model/policy.ts';
import {
  allOf,
  type Imported,
  importedPolicy,
  type ImportLog,
  listHasAny,
  noteUnknown,
  numberOf,
  startLog,
  textSchema,
  valuesOf,
} from './imported.ts';

const refSchema = z.union([textSchema, z.looseObject({ ref: textSchema })]).nullish();

const conditionSchema = z.looseObject({
  name: textSchema.nullish(),
  type: textSchema,
  params: z.looseObject({
    path: textSchema.optional(),
    operator: textSchema.optional(),
    value: z.unknown().optional(),
    conditionScope: textSchema.nullish(),
  }),
});
const criterionSchema = z.looseObject({
  name: textSchema.nullish(),
  type: textSchema,
  params: z.looseObject({ value: z.unknown().optional(), valueUnit: textSchema.nullish() }).optional(),
});
const strategySchema = z.looseObject({
  ref: textSchema,
  name: textSchema.nullish(),
  priority: z.number().nullish(),
  status: textSchema.nullish(),
  network: refSchema,
  virtualCatalog: refSchema,
  maxSplit: z.int().min(0).max(99).nullish(),
  sourcingConditions: z.array(conditionSchema).max(100).optional(),
  sourcingCriteria: z.array(criterionSchema).max(100).optional(),
});
const profileSchema = z.looseObject({
  ref: textSchema,
  name: textSchema.nullish(),
  version: z.union([z.number(), z.string()]).nullish(),
  status: textSchema.nullish(),
  defaultNetwork: refSchema,
  defaultVirtualCatalog: refSchema,
  defaultMaxSplit: z.int().min(0).max(99).nullish(),
  sourcingStrategies: z.array(strategySchema).min(1).max(50),
  sourcingFallbackStrategies: z.array(strategySchema).max(50).optional(),
});

type Profile = z.infer<typeof profileSchema>;
type Strategy = z.infer<typeof strategySchema>;
type Leaf = Readonly<Record<string, unknown>>;

const parse = parserOf(profileSchema);

export function importFluent(input: unknown, base?: Policy): Result<Imported, Issue[]> {
  const parsed = parse(input);
  if (!parsed.ok) return parsed;
  const profile = parsed.value;
  const log = startLog();
  noteUnknown(profile, profileSchema, '', log);
  const read = (key: 'sourcingStrategies' | 'sourcingFallbackStrategies'): CascadeStrategy[] =>
    byPriority(profile[key] ?? []).flatMap(({ entry, at }) =>
      strategyOf(entry, profile, `/${key}/${at}`, key === 'sourcingFallbackStrategies', log),
    );
  const strategies = [...read('sourcingStrategies'), ...read('sourcingFallbackStrategies')];
  if (strategies.length === 0) strategies.push({ name: 'Nothing active', otherwise: { action: 'cancel' } });
  return succeed(importedPolicy(profile.ref, profile.name ?? profile.ref, strategies, log, base));
}

function strategyOf(
  strategy: Strategy,
  profile: Profile,
  path: string,
  isFallback: boolean,
  log: ImportLog,
): CascadeStrategy[] {
  noteUnknown(strategy, strategySchema, path, log);
  if (strategy.status && strategy.status !== 'ACTIVE') {
    log.note(path, 'lost', `The strategy is ${strategy.status}, not active.`);
    return [];
  }
  const network = refOf(strategy.network) ?? refOf(profile.defaultNetwork);
  const catalog = refOf(strategy.virtualCatalog);
  if (network) log.needs.add(`node group: ${network}`);
  if (catalog)
    log.note(`${path}/virtualCatalog`, 'lost', 'Stock is that of the snapshot; there are no catalogues over it.');
  const orders = allOf(
    (strategy.sourcingConditions ?? []).flatMap((entry, at) =>
      orderLeaf(entry, `${path}/sourcingConditions/${at}`, log),
    ),
  );
  const nodes: Leaf[] = network ? [{ fact: 'node.groups', operator: 'contains', value: network }] : [];
  const rank: Rank[] = [];
  for (const [at, criterion] of (strategy.sourcingCriteria ?? []).entries()) {
    const read = criterionOf(criterion, `${path}/sourcingCriteria/${at}`, log);
    if (read.node) nodes.push(read.node);
    if (read.rank) rank.push(read.rank);
  }
  const maxSplits = strategy.maxSplit ?? profile.defaultMaxSplit;
  const filters = allOf(nodes);
  return [
    {
      name: strategy.name ?? strategy.ref,
      ...(orders && { orders }),
      ...(filters && { nodes: filters }),
      ...(rank.length > 0 && { rank }),
      ...(maxSplits != null && { maxSplits }),
      // Only the first fallback that fits is used; what it leaves becomes a rejected fulfilment.
      ...(isFallback && { allowPartial: true, otherwise: { action: 'cancel' as const } }),
    },
  ];
}

/** Facts of an order by the end of a path, as `order.totalPrice` or `fulfilmentChoice.deliveryAddress.state`. */
const PATHS: Readonly<Record<string, { readonly fact: string; readonly scale?: number; readonly isList?: boolean }>> = {
  totalPrice: { fact: 'order.valueMicros', scale: MICROS },
  totalTaxPrice: { fact: 'order.valueMicros', scale: MICROS },
  channel: { fact: 'order.channel' },
  salesChannel: { fact: 'order.channel' },
  customerTier: { fact: 'order.customerTier' },
  customerSegment: { fact: 'order.customerTier' },
  priority: { fact: 'order.priority' },
  deliveryType: { fact: 'order.services', isList: true },
  'deliveryAddress.state': { fact: 'order.region' },
  'deliveryAddress.region': { fact: 'order.region' },
  'deliveryAddress.country': { fact: 'order.country' },
  'deliveryAddress.postcode': { fact: 'order.postcode' },
  'items.size': { fact: 'order.lineCount' },
  'items.categories': { fact: 'order.categories', isList: true },
};

const OPERATORS: Readonly<Record<string, string>> = {
  equals: 'equal',
  equal: 'equal',
  not_equals: 'notEqual',
  in: 'in',
  not_in: 'notIn',
  greater_than: 'greaterThan',
  greater_than_or_equals: 'greaterThanInclusive',
  less_than: 'lessThan',
  less_than_or_equals: 'lessThanInclusive',
  between: 'between',
};

function orderLeaf({ params }: z.infer<typeof conditionSchema>, path: string, log: ImportLog): Leaf[] {
  const { path: at = '', operator = '', value, conditionScope } = params;
  const known = Object.entries(PATHS).find(([end]) => at === end || at.endsWith(`.${end}`))?.[1];
  const name = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator]! : undefined;
  if (!known || !name) {
    const what = known ? `operator ${operator}` : `fact like ${at || 'a path that is not given'}`;
    log.note(path, 'wider', `There is no ${what}; the strategy is for more orders.`);
    return [];
  }
  if (known.isList) {
    const leaf = listHasAny(known.fact, valuesOf(value), name === 'notEqual' || name === 'notIn');
    if (conditionScope === 'ALL') log.note(path, 'changed', 'It holds where any of the order’s values fits.');
    return [leaf];
  }
  const { scale } = known;
  if (scale && (Array.isArray(value) ? value : [value]).some((entry) => numberOf(entry, path, log) === undefined))
    return [];
  const scaled = (entry: unknown): unknown => (scale ? Math.round(Number(entry) * scale) : entry);
  return [{ fact: known.fact, operator: name, value: Array.isArray(value) ? value.map(scaled) : scaled(value) }];
}

const TYPES: Readonly<Record<string, string>> = {
  WAREHOUSE: 'dc',
  DC: 'dc',
  STORE: 'store',
  VENDOR: 'vendor',
  '3PL': '3pl',
};

function criterionOf(
  { type, params }: z.infer<typeof criterionSchema>,
  path: string,
  log: ImportLog,
): { readonly node?: Leaf; readonly rank?: Rank } {
  const kind = type.slice(type.lastIndexOf('.') + 1);
  const value = params?.value;
  const km = params?.valueUnit === 'miles' ? 1.609344 : 1;
  const listed: readonly unknown[] = Array.isArray(value) ? value : [value];
  const limits = (): number[] =>
    listed.flatMap((entry) => numberOf(entry, path, log) ?? []).map((limit) => Math.round(limit * km * 1000) / 1000);
  switch (kind) {
    case 'locationDistance':
      return { rank: { by: 'distance' } };
    case 'locationDistanceBanded': {
      const bands = [...new Set(limits())].sort((a, b) => a - b);
      return { rank: { by: 'fact', fact: 'lane.distanceKm', first: 'lowest', ...(bands.length > 0 && { bands }) } };
    }
    case 'locationDistanceExclusion': {
      const [limit] = limits();
      if (limit === undefined) return {};
      return { node: { fact: 'lane.distanceKm', operator: 'lessThanInclusive', value: limit } };
    }
    case 'locationTypeExclusion': {
      const types = valuesOf(value).map((name) => TYPES[name.toUpperCase()] ?? name.toLowerCase());
      return { node: { fact: 'node.type', operator: 'notIn', value: types } };
    }
    case 'locationNetworkExclusion':
      for (const group of valuesOf(value)) log.needs.add(`node group: ${group}`);
      return { node: listHasAny('node.groups', valuesOf(value), true) };
    case 'networkPriority':
    case 'locationNetworkPriority':
      if (valuesOf(value).length === 0) break;
      for (const group of valuesOf(value)) log.needs.add(`node group: ${group}`);
      return { rank: { by: 'list', nodes: valuesOf(value) } };
    case 'inventoryAvailability':
      return { rank: { by: 'stock' } };
    case 'locationDailyCapacity':
      return { rank: { by: 'fact', fact: 'node.capacityLeftPercent', first: 'highest' } };
  }
  log.note(
    path,
    kind.endsWith('Exclusion') ? 'wider' : 'lost',
    `There is no criterion like ${type}, or it says nothing.`,
  );
  return {};
}

function refOf(given: z.infer<typeof refSchema>): string | undefined {
  return typeof given === 'string' ? given : given?.ref;
}

function byPriority(strategies: readonly Strategy[]): { entry: Strategy; at: number }[] {
  return strategies
    .map((entry, at) => ({ entry, at }))
    .sort(
      orderBy(
        ({ entry }) => entry.priority ?? 0,
        ({ at }) => at,
      ),
    );
}
