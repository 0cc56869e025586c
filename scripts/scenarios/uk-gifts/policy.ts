// Decides the policy uk-gifts starts with: what things are worth and six rules a planner could have written.
import type { Policy, Rule } from '@sourcewright/engine';
import { microsOf } from '../raw-table.ts';

export const POLICY: Policy = {
  policyId: 'uk-gifts-peak',
  version: 1,
  name: 'Peak week',
  strategy: 'optimal',
  goals: {
    splitMicros: microsOf('2.00'),
    latenessPerDayMicros: microsOf('3.00'),
    speedPerDayMicros: microsOf('0.15'),
    unsourced: { perUnitMicros: microsOf('1.00'), valuePercent: 60 },
    stockBalance: { marginPercent: 45, horizonDays: 7 },
    rejectRisk: { perRejectMicros: microsOf('4.00'), usualPercent: 2, priorPicks: 50 },
  },
  promise: { defaultDays: 4 },
  allow: { partial: true, splitQuantity: 'when-needed', maxShipDelayDays: 2 },
  nodeOrder: ['dc', '3pl', 'store', 'vendor'],
  rules: [
    exclude('heavy items do not ship from stores', 'Stores have no trolleys and no scales above 2 kg.', [
      fact('node.type', 'equal', 'store'),
      fact('order.fulfilment', 'notEqual', 'pickup'),
      fact('item.weightGrams', 'greaterThan', 2000),
    ]),
    exclude('large lines do not ship from stores', 'A line of 100 or more would clear a shelf.', [
      fact('node.type', 'equal', 'store'),
      fact('line.quantity', 'greaterThanInclusive', 100),
    ]),
    exclude('export leaves from DCs and the 3PL', 'Only the DCs and the 3PL issue export papers.', [
      fact('order.tags', 'contains', 'export'),
      fact('node.type', 'in', ['store', 'vendor']),
    ]),
    exclude('vendors do not ship small orders', 'Vendor contracts set a minimum order value of 15.00.', [
      fact('node.type', 'equal', 'vendor'),
      fact('order.valueMicros', 'lessThan', microsOf('15.00')),
    ]),
    penalise(
      'keep Christmas goods on the shelves',
      'Walk-in customers pay full price for them until Christmas.',
      '0.50',
      [fact('node.type', 'equal', 'store'), fact('item.category', 'equal', 'christmas')],
    ),
    penalise('Highland stock stays in the Highlands', 'Inverness is restocked once a week only.', '1.50', [
      fact('node.region', 'equal', 'IV'),
      fact('order.region', 'notIn', ['HS', 'IV', 'KW', 'ZE']),
    ]),
  ],
};

interface Condition {
  readonly fact: string;
  readonly operator: string;
  readonly value: unknown;
}

function fact(name: string, operator: string, value: unknown): Condition {
  return { fact: name, operator, value };
}

function exclude(name: string, because: string, all: readonly Condition[]): Rule {
  return { name, conditions: { all }, event: { type: 'exclude', params: { because } } };
}

function penalise(name: string, because: string, perLine: string, all: readonly Condition[]): Rule {
  return {
    name,
    conditions: { all },
    event: { type: 'penalise', params: { because, perLineMicros: microsOf(perLine) } },
  };
}
