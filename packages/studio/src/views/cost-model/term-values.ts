// Decides what a term of the cost comes to in this dataset, and how its formula reads: amounts of the policy in words, no names of fields.
import type { CostTerm, Policy } from '@sourcewright/engine';
import { moneyText } from '../../format/money.ts';
import { decimalText } from '../../format/number.ts';

/** What the policy charges for a term; for terms that it does not set, who does. */
export function termHere(term: CostTerm, { goals, rules = [] }: Policy, currency: string): readonly string[] {
  const money = (micros: number): string => moneyText(micros, currency);
  switch (term) {
    case 'shipping':
      return ['By the price list of the carrier, zone and weight'];
    case 'handling':
      return ['By node'];
    case 'split':
      return [`${money(goals.splitMicros)} for each further shipment`];
    case 'lateness':
      return [`${money(goals.latenessPerDayMicros)} for each shipment and day late`];
    case 'speed':
      return goals.speedPerDayMicros
        ? [`${money(goals.speedPerDayMicros)} for each shipment and day of waiting`]
        : ['Nothing: in time is soon enough'];
    case 'capacity':
      return ['By node and day'];
    case 'stockOut':
      return stockHere(goals.stockBalance);
    case 'risk':
      return goals.rejectRisk
        ? [
            `${money(goals.rejectRisk.perRejectMicros)} for a line turned down`,
            `${percent(goals.rejectRisk.usualPercent)} of lines, where nothing is known of the node`,
          ]
        : ['Nothing'];
    case 'preference':
      return preferenceHere(rules, money);
    case 'unsourced':
      return [
        `${money(goals.unsourced.perUnitMicros)} a unit and ${percent(goals.unsourced.valuePercent)} of its price`,
        'a tenth more for each step of priority',
      ];
  }
}

function stockHere(balance: Policy['goals']['stockBalance']): readonly string[] {
  if (!balance) return ['Only what stock levels state'];
  return [
    `${percent(balance.marginPercent)} of the price, times the chance that the node runs out`,
    `over ${balance.horizonDays} days where no receipt is due`,
  ];
}

function preferenceHere(rules: NonNullable<Policy['rules']>, money: (micros: number) => string): readonly string[] {
  const charging = rules.flatMap(({ name, event, enabled }) => {
    const micros = (event.params as { readonly perLineMicros?: unknown } | undefined)?.perLineMicros;
    return enabled === false || typeof micros !== 'number' ? [] : [`${money(micros)} a line: “${name}”`];
  });
  return charging.length > 0 ? charging : ['No rule charges anything'];
}

function percent(value: number): string {
  return `${decimalText(value, Number.isInteger(value) ? 0 : 1)}\u00a0%`;
}

/** Fields as they stand in formulas, and what a reader calls them. */
const FIELD_WORDS: readonly (readonly [RegExp, string])[] = [
  [/valuePercent ÷ 100 × unit price/g, 'a share of the unit price'],
  [/splitMicros/g, 'charge for a further shipment'],
  [/latenessPerDayMicros/g, 'charge for a day late'],
  [/speedPerDayMicros/g, 'charge for a day of waiting'],
  [/perRejectMicros/g, 'charge for a line turned down'],
  [/perShipmentMicros/g, 'charge for a shipment'],
  [/perLineMicros/g, 'charge for a line'],
  [/perUnitMicros/g, 'charge for a unit'],
  [/perKg/g, 'charge for a kg'],
];

/** The texts of terms are written for a document: links, code marks and names of fields are turned into words. */
export function plainFormula(text: string): string {
  const bare = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
  return FIELD_WORDS.reduce((said, [field, words]) => said.replaceAll(field, words), bare);
}
