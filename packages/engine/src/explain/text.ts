// Decides how a reason is said: which values of the evidence go into its sentence.
// Leaves the wording to reasons.ts.
import { decimal } from '../base/money.ts';
import type { Rejection, StockClaims } from '../model/explanation.ts';
import type { UnsourcedReason } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { REJECTIONS, say, UNSOURCED } from './reasons.ts';

export function units(count: number): string {
  return count === 1 ? '1 unit' : `${count} units`;
}

/** `A`, `A and B`, `A, B and C`. */
export function listed(names: readonly string[], last = 'and'): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`;
}

/** `line 3`, `lines 3 and 45`, `12 lines`; of `count` lines also `12 of 20 lines`, `all 20 lines`. */
export function numbered(lineIds: readonly string[], count?: number): string {
  const [only] = lineIds;
  if (lineIds.length === 1) return `line ${only}`;
  if (lineIds.length === count) return count === 2 ? 'both lines' : `all ${count} lines`;
  if (lineIds.length <= MOST_NAMED) return `lines ${listed(lineIds)}`;
  return `${lineIds.length} ${count === undefined ? '' : `of ${count} `}lines`;
}

/** Lines that are named one by one. */
const MOST_NAMED = 4;

/** Where the order's goods go, in words. */
export interface WayWords {
  /** The node where the order is collected, by name; left out where it is sent to the customer. */
  readonly place?: string;
  /** What the node does not do, where none of its rate cards will: `does not …` or `offers none …`. */
  readonly lacks: string;
}

/** How what a node would cost more is to be understood. */
export interface CostWords {
  readonly missed: Missed;
  /** Nothing else of the order is shipped. */
  readonly isAll: boolean;
}

export function rejectionSentence(
  rejection: Omit<Rejection, 'sentence' | 'id'>,
  node: string,
  words: WayWords | undefined,
  cost: CostWords = { missed: 'this strategy does not look for it', isAll: true },
): string {
  const { code, rule, because, wanted, available } = rejection;
  const { stock, marginMicros } = rejection;
  const margin = marginMicros === undefined ? undefined : marginText(marginMicros, cost);
  const held = stock && claimsOn(stock).length > 0 ? `: ${stockText(stock)}` : '';
  return say(REJECTIONS[code], {
    node,
    rule,
    because,
    wanted,
    available,
    margin,
    held,
    stock: stock ? stockText(stock) : 'others, or its buffer, have what is there',
    ...words,
  });
}

/** `6 on hand, 2 held as a buffer, 4 taken by other orders`. */
function stockText(stock: StockClaims): string {
  const there = [stock.onHand === 0 ? 'none on hand' : `${stock.onHand} on hand`];
  if (stock.dueUnits > 0) there.push(`${stock.dueUnits} due in time`);
  const claims = claimsOn(stock);
  if (claims.length === 0) claims.push('what it expects comes too late');
  return [...there, ...claims].join(', ');
}

function claimsOn({ committedUnits, bufferUnits, takenUnits }: StockClaims): string[] {
  const claims: string[] = [];
  if (committedUnits > 0) claims.push(`${committedUnits} allocated or reserved`);
  if (bufferUnits > 0) claims.push(`${bufferUnits} held as a buffer`);
  if (takenUnits > 0) claims.push(`${takenUnits} taken by other orders`);
  return claims;
}

function marginText(marginMicros: number, { missed, isAll }: CostWords): string {
  if (marginMicros === 0) return 'cost the same; of equals, the node listed first is taken.';
  return marginMicros > 0
    ? `make the order ${amountText(marginMicros)} dearer${isAll ? '' : ', with all else as planned'}.`
    : `make the order ${amountText(-marginMicros)} cheaper: ${missed}.`;
}

/** An amount of money, without its sign; what would read as nothing is said to be little. */
export function amountText(micros: number): string {
  const text = decimal(Math.abs(micros));
  return micros !== 0 && text === '0.00' ? 'less than 0.01' : text;
}

/** Why something cheaper was not chosen: nobody looked for the least cost, it is not what comes first, or the search did not get there. */
export type Missed =
  | 'this strategy does not look for it'
  | 'goals that the policy ranks higher may stand against it'
  | 'the search did not come to it';

export function missedBy({ strategy, goals }: Policy): Missed {
  if (strategy !== 'optimal' && strategy !== 'fcfs-exact') return 'this strategy does not look for it';
  return goals.tiers ? 'goals that the policy ranks higher may stand against it' : 'the search did not come to it';
}

/** The reason alone, without how the units stand. */
export function unsourcedSentence(reason: UnsourcedReason, quantity: number): string {
  return say(UNSOURCED[reason], { units: units(quantity) });
}

/** What a statement is about, the same from plan to plan. */
export function statementId(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => (PLAIN_ID.test(part) ? part : encodeURIComponent(part)))
    .join('/');
}

/** What an address can hold as it is. */
const PLAIN_ID = /^[\w.-]*$/;
