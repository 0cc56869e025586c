// Decides the rules that planners of other order systems write most, ready to be made one's own: each a rule that runs as it stands.
import type { Rule } from './draft.ts';

export interface Template {
  readonly title: string;
  readonly note: string;
  readonly rule: Rule;
}

const leaf = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });
const STORE = leaf('node.type', 'equal', 'store');
const DC = leaf('node.type', 'equal', 'dc');

export const EMPTY_RULE: Rule = {
  name: 'new rule',
  conditions: { all: [STORE] },
  event: { type: 'exclude', params: { because: 'Say why.' } },
};

export const TEMPLATES: readonly Template[] = [
  {
    title: 'Only DCs ship some orders, unless a store is near and well stocked',
    note: 'Gifts above an amount to one area; node filter with an exception',
    rule: {
      name: 'gifts to Scotland leave from DCs',
      conditions: {
        all: [
          leaf('order.tags', 'contains', 'gift'),
          leaf('order.region', 'equal', 'scotland'),
          leaf('order.valueMicros', 'greaterThan', 100_000_000),
        ],
      },
      event: {
        type: 'require',
        params: {
          because: 'Only the DCs have the gift wrap.',
          nodes: {
            any: [
              DC,
              { all: [STORE, leaf('lane.distanceKm', 'withinKm', 25), leaf('stock.coverWeeks', 'greaterThan', 3)] },
            ],
          },
        },
      },
    },
  },
  {
    title: 'Heavy items never ship from stores',
    note: 'Item attribute against node type',
    rule: {
      name: 'heavy items not from stores',
      conditions: { all: [STORE, leaf('item.weightGrams', 'greaterThan', 5000)] },
      event: { type: 'exclude', params: { because: 'Stores have no trolleys.' } },
    },
  },
  {
    title: 'Dangerous goods only from the DCs',
    note: 'Compliance',
    rule: {
      name: 'dangerous goods from DCs',
      conditions: { all: [leaf('item.hazmat', 'equal', true)] },
      event: { type: 'require', params: { because: 'Only the DCs are licensed.', nodes: { all: [DC] } } },
    },
  },
  {
    title: 'Stores keep two weeks of cover',
    note: 'Safety stock by demand',
    rule: {
      name: 'stores keep two weeks of cover',
      conditions: { all: [STORE] },
      event: { type: 'sourcing-buffer', params: { because: 'Shelves must not run empty.', coverDays: 14 } },
    },
  },
  {
    title: 'Stores keep the last unit',
    note: 'Display stock',
    rule: {
      name: 'stores keep one unit',
      conditions: { all: [STORE] },
      event: { type: 'sourcing-buffer', params: { because: 'The last piece is for the shop window.', units: 1 } },
    },
  },
  {
    title: 'Stores ship only within a distance',
    note: 'Proximity',
    rule: {
      name: 'stores ship within 50 km',
      conditions: { all: [STORE, leaf('lane.distanceKm', 'beyondKm', 50)] },
      event: { type: 'exclude', params: { because: 'Couriers of stores do not go further.' } },
    },
  },
  {
    title: 'Ship from stores with too much stock first',
    note: 'Markdown avoidance',
    rule: {
      name: 'overstocked stores first',
      conditions: { all: [leaf('order.lineCount', 'greaterThanInclusive', 1)] },
      event: {
        type: 'prefer',
        params: {
          because: 'What stays unsold is marked down.',
          perLineMicros: 500_000,
          nodes: { all: [leaf('stock.overstockUnits', 'greaterThan', 0)] },
        },
      },
    },
  },
  {
    title: 'Rest stores that turn shipments down',
    note: 'Reject rate',
    rule: {
      name: 'rest stores that reject',
      conditions: { all: [STORE, leaf('node.rejectPercent', 'greaterThan', 20)] },
      event: { type: 'exclude', params: { because: 'One shipment in five comes back unpicked.' } },
    },
  },
  {
    title: 'Spare nodes with a backlog',
    note: 'Throttling',
    rule: {
      name: 'spare nodes with a backlog',
      conditions: { all: [leaf('node.backlogDays', 'greaterThan', 1)] },
      event: { type: 'capacity-cap', params: { because: 'The queue must not grow.', percent: 50 } },
    },
  },
  {
    title: 'Small orders leave in one shipment',
    note: 'Split limit',
    rule: {
      name: 'small orders in one shipment',
      conditions: { all: [leaf('order.valueMicros', 'lessThan', 30_000_000)] },
      event: { type: 'max-shipments', params: { because: 'A second parcel eats the margin.', shipments: 1 } },
    },
  },
  {
    title: 'Charge stores for being asked',
    note: 'Prefer DCs softly',
    rule: {
      name: 'stores cost a little more',
      conditions: { all: [STORE] },
      event: { type: 'penalise', params: { because: 'Staff serve customers first.', perLineMicros: 500_000 } },
    },
  },
  {
    title: 'Queue what stays unsourced, give up after three days',
    note: 'After-action',
    rule: {
      name: 'queue unsourced units',
      conditions: { all: [leaf('order.priority', 'greaterThanInclusive', 0)] },
      event: {
        type: 'when-unsourced',
        params: { because: 'Receipts come twice a week.', action: 'queue', cancelAfterHours: 72 },
      },
    },
  },
];
