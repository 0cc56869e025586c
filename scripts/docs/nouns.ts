// Decides which schema stands behind each `fields` block of the reference.
import {
  calendarSchema,
  cascadeSchema,
  itemSchema,
  laneSchema,
  limitsSchema,
  nodeSchema,
  orderSchema,
  pickHistorySchema,
  policySchema,
  rateCardSchema,
  receiptSchema,
  scenarioSchema,
  snapshotSchema,
  stockLevelSchema,
} from '../../packages/engine/src/index.ts';
import { explanationSchema } from '../../packages/server/src/contract/explanation-schema.ts';
import { planSchema } from '../../packages/server/src/contract/plan-schema.ts';
import type { Noun } from './field-tables.ts';

const LISTS: Readonly<Record<string, string>> = {
  'snapshot.nodes': '[node](node.md)',
  'snapshot.items': '[item](item.md)',
  'snapshot.stock': '[stock level](stock.md)',
  'snapshot.receipts': '[receipt](receipt.md)',
  'snapshot.pickHistory': '[pick history](pick-history.md)',
  'snapshot.calendars': '[calendar](calendar.md)',
  'snapshot.rateCards': '[rate card](rate-card.md)',
  'snapshot.lanes': '[lane](lane.md)',
  'scenario.snapshot': '[snapshot](#snapshot)',
  'scenario.orders': '[order](order.md)',
  'scenario.policy': '[policy](policy.md)',
};

export const NOUNS: Readonly<Record<string, Noun>> = {
  order: { title: 'order', schema: orderSchema, file: 'order.ts' },
  item: { title: 'item', schema: itemSchema, file: 'item.ts' },
  node: { title: 'node', schema: nodeSchema, file: 'node.ts' },
  stock: { title: 'stock level', schema: stockLevelSchema, file: 'stock-level.ts' },
  receipt: { title: 'receipt', schema: receiptSchema, file: 'receipt.ts' },
  'pick-history': { title: 'pick history', schema: pickHistorySchema, file: 'pick-history.ts' },
  lane: { title: 'lane', schema: laneSchema, file: 'lane.ts' },
  'rate-card': { title: 'rate card', schema: rateCardSchema, file: 'rate-card.ts' },
  calendar: { title: 'calendar', schema: calendarSchema, file: 'calendar.ts' },
  policy: {
    title: 'policy',
    schema: policySchema,
    file: 'policy.ts',
    elsewhere: {
      'policy.goals.tiers.terms': '[weights](#goal-tiers)',
      'policy.conditions.conditions': '[conditions](#conditions)',
      'policy.rules.conditions': '[conditions](#conditions)',
      'policy.cascade': '[cascade](cascade.md)',
      'policy.rules.event': '[effect](#effects)',
    },
  },
  cascade: {
    title: 'cascade',
    schema: cascadeSchema,
    file: 'cascade.ts',
    elsewhere: {
      'cascade.strategies.orders': '[conditions](policy.md#conditions)',
      'cascade.strategies.nodes': '[conditions](policy.md#conditions)',
      'cascade.strategies.rank': '[rank](#ranks)',
    },
  },
  limits: { title: 'limits', schema: limitsSchema, file: 'limits.ts' },
  scenario: { title: 'scenario', schema: scenarioSchema, file: 'scenario.ts', elsewhere: LISTS },
  snapshot: { title: 'snapshot', schema: snapshotSchema, file: 'snapshot.ts', elsewhere: LISTS },
  plan: {
    title: 'Plan',
    schema: planSchema,
    file: 'plan.ts',
    elsewhere: { 'Basis.limits': '[limits](limits.md)' },
  },
  explanation: {
    title: 'Explanation',
    schema: explanationSchema,
    file: 'explanation.ts',
    elsewhere: { CostBreakdown: '[CostBreakdown](plan.md#costbreakdown)', Proof: '[Proof](plan.md#proof)' },
  },
};
