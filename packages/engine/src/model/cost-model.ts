// Decides how each term of a cost is told: for what it is charged, by which formula, from which inputs, and where it comes from.
// The one list behind the table of docs/formulas.md and the page of the cost model. Leaves the sums to costs/.
import type { CostTerm } from './cost-terms.ts';

export interface CostTermText {
  readonly term: CostTerm;
  /** For what it is charged. */
  readonly per: string;
  readonly formula: string;
  /** Fields it is worked out from, by document. */
  readonly inputs: readonly string[];
  readonly source: string;
}

/** In the order of `COST_TERMS`. */
export const COST_MODEL: readonly CostTermText[] = [
  {
    term: 'shipping',
    per: 'each parcel',
    formula:
      'max(minimum, fixed + perKg × charged weight) in the first band of the zone that reaches it, with [surcharges](#what-a-parcel-is-charged)',
    inputs: ['rate card: zones, bands, surcharges', 'item: weight, size', 'lane or coordinates: distance'],
    source: 'The carrier’s price list; dimensional weight as in the carriers’ service guides.',
  },
  {
    term: 'handling',
    per: 'each shipment, each sku in it, each unit',
    formula:
      'the node’s `perShipmentMicros`, `perLineMicros`, `perUnitMicros` + `valuePercent` ÷ 100 × unit price + its share of a [cheapest hour](#labour-by-the-hour); `perShipmentMicros` of the node that [receives it](#what-is-collected)',
    inputs: ['node: handling, labour, receiving'],
    source: 'What the node says its work costs.',
  },
  {
    term: 'split',
    per: 'each shipment of an order beyond its first',
    formula: '`splitMicros`',
    inputs: ['policy: goals.splitMicros'],
    source: 'A planner’s price for a customer’s second parcel.',
  },
  {
    term: 'lateness',
    per: 'each shipment and calendar day after the promise, [on average](#days-of-carriage)',
    formula: '`latenessPerDayMicros`',
    inputs: [
      'policy: goals.latenessPerDayMicros, promise',
      'node: calendar, cutoff, backlog',
      'rate card: days of carriage',
    ],
    source: 'A planner’s price for a day late; days by a geometric tail between the stated shares.',
  },
  {
    term: 'speed',
    per: 'each shipment and calendar day from the order to delivery, up to the promise, [on average](#days-of-carriage)',
    formula: '`speedPerDayMicros`',
    inputs: [
      'policy: goals.speedPerDayMicros, promise',
      'node: calendar, cutoff, backlog',
      'rate card: days of carriage',
    ],
    source: 'A planner’s price for a day sooner; what comes after the promise is lateness.',
  },
  {
    term: 'capacity',
    per: 'each shipment, and each unit, of a node and day above a threshold of its soft capacity, or past its cheapest hours',
    formula: 'the charge of the step it falls in; what [dearer hours](#labour-by-the-hour) cost more than the cheapest',
    inputs: ['node: capacity.soft, labour'],
    source: 'What overtime costs the node; convex, as every step is dearer.',
  },
  {
    term: 'stockOut',
    per: 'each unit taken from a row of stock that has steps, stated or from [stock balance](#stock-balance)',
    formula: 'the charge of the step it falls in, counted over the wave',
    inputs: ['stock: stockOutSteps, demandPerDay', 'policy: goals.stockBalance'],
    source: 'Margin lost at the node when it runs out before the next receipt: the newsvendor’s marginal value.',
  },
  {
    term: 'risk',
    per: 'each sku in a shipment',
    formula: 'the chance that the node [turns it down](#rejects) × `perRejectMicros`',
    inputs: ['pick history', 'policy: goals'],
    source: 'Share of lines turned down, with a prior for nodes that were asked seldom.',
  },
  {
    term: 'preference',
    per: 'each sku in a shipment',
    formula: 'sum of `perLineMicros` of the rules that hold; for several lines of one sku, the highest of their sums',
    inputs: ['policy: rules that penalise or prefer'],
    source: 'A planner’s rule, with its reason.',
  },
  {
    term: 'unsourced',
    per: 'each unit left',
    formula: '(`perUnitMicros` + `valuePercent` ÷ 100 × unit price) × (1 + priority ÷ 10), rounded to a micro',
    inputs: ['policy: goals.unsourced', 'order: priority, unit prices'],
    source: 'A planner’s price for an item that the customer does not get.',
  },
];
