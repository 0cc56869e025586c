// Decides how a HotWax Commerce routing group reads as a cascade: routings in sequence, in each its inventory rules in sequence.
// Shape and names as the public order routing app and documentation use them. Orders of a routing are chosen by its filters.
import { z } from 'zod';
import { orderBy } from '../base/order-by.ts';
import type { Issue } from '../base/issue.ts';
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

const sequence = z.number().nullish();

const conditionSchema = z.looseObject({
  conditionSeqId: textSchema.nullish(),
  conditionTypeEnumId: z.enum(['ENTCT_FILTER', 'ENTCT_SORT_BY']),
  fieldName: textSchema,
  operator: textSchema.nullish(),
  fieldValue: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  sequenceNum: sequence,
});
const actionSchema = z.looseObject({
  actionSeqId: textSchema.nullish(),
  actionTypeEnumId: textSchema,
  actionValue: z.union([z.string(), z.number()]).nullish(),
});
const ruleSchema = z.looseObject({
  routingRuleId: textSchema,
  ruleName: textSchema,
  statusId: textSchema.nullish(),
  sequenceNum: sequence,
  assignmentEnumId: z.enum(['ORA_SINGLE', 'ORA_MULTI']).nullish(),
  inventoryFilters: z.array(conditionSchema).max(200).optional(),
  actions: z.array(actionSchema).max(20).optional(),
});
const routingSchema = z.looseObject({
  orderRoutingId: textSchema,
  routingName: textSchema,
  statusId: textSchema.nullish(),
  sequenceNum: sequence,
  orderFilters: z.array(conditionSchema).max(200).optional(),
  rules: z.array(ruleSchema).max(100).optional(),
});
const groupSchema = z.looseObject({
  routingGroupId: textSchema,
  groupName: textSchema,
  routings: z.array(routingSchema).min(1).max(100),
});

type Condition = z.infer<typeof conditionSchema>;
type Rule = z.infer<typeof ruleSchema>;
type Leaf = Readonly<Record<string, unknown>>;

const parse = parserOf(groupSchema);
const KM_PER_MILE = 1.609344;

export function importHotwax(input: unknown, base?: Policy): Result<Imported, Issue[]> {
  const parsed = parse(input);
  if (!parsed.ok) return parsed;
  const group = parsed.value;
  const log = startLog();
  noteUnknown(group, groupSchema, '', log);
  const strategies = inSequence(group.routings).flatMap(({ entry: routing, at }) => {
    const path = `/routings/${at}`;
    noteUnknown(routing, routingSchema, path, log);
    if (routing.statusId && routing.statusId !== 'ROUTING_ACTIVE') {
      log.note(path, 'lost', `The routing is ${routing.statusId}, not active.`);
      return [];
    }
    const orders = allOf(
      (routing.orderFilters ?? []).flatMap((entry, index) => orderLeaf(entry, `${path}/orderFilters/${index}`, log)),
    );
    return inSequence(routing.rules ?? []).flatMap(({ entry: rule, at: index }) =>
      strategyOf(rule, routing.routingName, orders, `${path}/rules/${index}`, log),
    );
  });
  if (strategies.length === 0) strategies.push({ name: 'Nothing active', otherwise: { action: 'queue' } });
  return succeed(importedPolicy(group.routingGroupId, group.groupName, strategies, log, base));
}

function strategyOf(
  rule: Rule,
  routing: string,
  orders: Record<string, unknown> | undefined,
  path: string,
  log: ImportLog,
): CascadeStrategy[] {
  noteUnknown(rule, ruleSchema, path, log);
  if (rule.statusId && rule.statusId !== 'RULE_ACTIVE') {
    log.note(path, 'lost', `The rule is ${rule.statusId}, not active.`);
    return [];
  }
  const filters = rule.inventoryFilters ?? [];
  const at = (entry: Condition): string => `${path}/inventoryFilters/${filters.indexOf(entry)}`;
  const isMetric = !filters.some(
    ({ fieldName, fieldValue }) => fieldName === 'measurementSystem' && fieldValue === 'IMPERIAL',
  );
  const nodes = allOf(
    filters
      .filter(({ conditionTypeEnumId }) => conditionTypeEnumId === 'ENTCT_FILTER')
      .flatMap((entry) => nodeLeaf(entry, isMetric, at(entry), log)),
  );
  const rank = inSequence(filters.filter(({ conditionTypeEnumId }) => conditionTypeEnumId === 'ENTCT_SORT_BY')).flatMap(
    ({ entry }) => rankOf(entry, at(entry), log),
  );
  const single = rule.assignmentEnumId === 'ORA_SINGLE';
  return [
    {
      name: `${routing}: ${rule.ruleName}`,
      ...(orders && { orders }),
      ...(nodes && { nodes }),
      ...(rank.length > 0 && { rank }),
      ...(single ? { maxSplits: 0 } : { allowPartial: true }),
      ...afterwards(rule, path, log),
    },
  ];
}

function orderLeaf(
  { conditionTypeEnumId, fieldName, operator, fieldValue }: Condition,
  path: string,
  log: ImportLog,
): Leaf[] {
  if (conditionTypeEnumId === 'ENTCT_SORT_BY') {
    log.note(path, 'lost', 'Orders are decided in the order in which they were placed; no other order can be given.');
    return [];
  }
  const field = fieldName.replace(/_excluded$/, '');
  const isNot = field !== fieldName || operator === 'not-in' || operator === 'not-equals';
  const values = valuesOf(fieldValue);
  if (values.length === 0) {
    log.note(path, 'lost', 'The filter names no value.');
    return [];
  }
  switch (field) {
    case 'salesChannelEnumId':
      log.needs.add(`order.channel: ${values.join(', ')}`);
      return [{ fact: 'order.channel', operator: isNot ? 'notIn' : 'in', value: values }];
    case 'shipmentMethodTypeId':
      log.needs.add(`order.services: ${values.join(', ')}`);
      return [listHasAny('order.services', values, isNot)];
    case 'productCategoryId':
      log.needs.add(`item.category: ${values.join(', ')}`);
      return [listHasAny('order.categories', values, isNot)];
    case 'promiseDaysCutoff':
      return comparison('order.promiseDays', 'lessThanInclusive', numberOf(fieldValue, path, log));
    case 'priority': {
      const levels = values.map(Number);
      if (levels.every((level) => Number.isInteger(level))) {
        return [{ fact: 'order.priority', operator: isNot ? 'notIn' : 'in', value: levels }];
      }
      log.note(path, 'wider', 'Priorities are numbers from 0 to 9 here; give the orders such and add the condition.');
      return [];
    }
    case 'facilityId':
    case 'queue':
      log.note(path, 'lost', 'Queues are not facts: the wave holds the orders that are to be sourced.');
      return [];
    default:
      log.note(path, 'wider', `Orders have no fact like ${field}; the routing is for more orders.`);
      return [];
  }
}

function nodeLeaf(
  { fieldName, operator, fieldValue }: Condition,
  isMetric: boolean,
  path: string,
  log: ImportLog,
): Leaf[] {
  const field = fieldName.replace(/_excluded$/, '');
  const isNot = field !== fieldName || operator === 'not-in' || operator === 'not-equals';
  const inclusive = operator !== 'greater' && operator !== 'less';
  const least = inclusive ? 'greaterThanInclusive' : 'greaterThan';
  switch (field) {
    case 'facilityGroupId': {
      const groups = valuesOf(fieldValue);
      for (const group of groups) log.needs.add(`node group: ${group}`);
      return groups.length === 0 ? [] : [listHasAny('node.groups', groups, isNot)];
    }
    case 'distance':
    case 'proximity': {
      const distance = numberOf(fieldValue, path, log);
      const km = distance === undefined ? undefined : Math.round(distance * (isMetric ? 1 : KM_PER_MILE) * 1000) / 1000;
      return comparison('lane.distanceKm', inclusive ? 'lessThanInclusive' : 'lessThan', km);
    }
    case 'measurementSystem':
      return [];
    case 'brokeringSafetyStock':
      return comparison('stock.sourceable', least, numberOf(fieldValue, path, log));
    case 'weekOfSupplyThreshold':
    case 'weeksOfSupply':
      return comparison('stock.coverWeeks', least, numberOf(fieldValue, path, log));
    case 'ignoreFacilityOrderLimit':
      if (String(fieldValue) === 'Y' || fieldValue === true || String(fieldValue) === 'true') {
        log.note(path, 'changed', 'The capacity of a node holds for every strategy; it cannot be ignored by one.');
      }
      return [];
    case 'shipmentThreshold':
      log.note(
        path,
        'lost',
        'The least value of a part is set for a policy or by a rule min-part-value, not for one strategy.',
      );
      return [];
    case 'splitOrderItemGroup':
      log.note(path, 'lost', 'Lines that ship together are named on the order (shipTogether) and never split.');
      return [];
    default:
      log.note(path, 'wider', `Nodes have no fact like ${field}; the rule asks more nodes.`);
      return [];
  }
}

function comparison(fact: string, operator: string, value: number | undefined): Leaf[] {
  return value === undefined ? [] : [{ fact, operator, value }];
}

function rankOf({ fieldName }: Condition, path: string, log: ImportLog): Rank[] {
  switch (fieldName) {
    case 'distance':
    case 'proximity':
      return [{ by: 'distance' }];
    case 'inventoryForAllocation':
    case 'availableToPromise':
      return [{ by: 'fact', fact: 'stock.sourceable', first: 'highest' }];
    default:
      log.note(path, 'lost', `Nodes cannot be ranked by ${fieldName}; name them in a rank by list.`);
      return [];
  }
}

function afterwards({ actions = [] }: Rule, path: string, log: ImportLog): Pick<CascadeStrategy, 'otherwise'> {
  const has = (type: string) => actions.findIndex((action) => action.actionTypeEnumId === type);
  const known = ['ORA_NEXT_RULE', 'ORA_MV_TO_QUEUE', 'ORA_AUTO_CANCEL_DAYS'];
  for (const [index, { actionTypeEnumId }] of actions.entries()) {
    if (!known.includes(actionTypeEnumId))
      log.note(`${path}/actions/${index}`, 'lost', `There is no action like ${actionTypeEnumId}.`);
  }
  const queue = has('ORA_MV_TO_QUEUE');
  const cancel = has('ORA_AUTO_CANCEL_DAYS');
  const days = cancel < 0 ? Number.NaN : Number(actions[cancel]!.actionValue);
  const hours = Math.min(8760, Math.max(1, Math.round(days * 24)));
  if (queue < 0) {
    if (cancel >= 0) log.note(`${path}/actions/${cancel}`, 'lost', 'A cancel date goes with a queue only.');
    return {};
  }
  const name = actions[queue]!.actionValue;
  if (name)
    log.note(`${path}/actions/${queue}`, 'changed', `There is one queue; that it was ${String(name)} is not kept.`);
  return { otherwise: { action: 'queue', ...(Number.isFinite(days) && { cancelAfterHours: hours }) } };
}

function inSequence<T extends { readonly sequenceNum?: number | null | undefined }>(
  entries: readonly T[],
): { entry: T; at: number }[] {
  return entries
    .map((entry, at) => ({ entry, at }))
    .sort(
      orderBy(
        ({ entry }) => entry.sequenceNum ?? 0,
        ({ at }) => at,
      ),
    );
}
