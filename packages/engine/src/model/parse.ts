// Decides whether an unknown input has the shape of a noun: one parse function a noun, every issue at once with its path.
// Leaves references between nouns to references.ts and the meaning of rules to rules/.
import type { z } from 'zod';
import { type Issue, type IssueCode, pointer, shown } from '../base/issue.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { depthIssue } from '../base/shape.ts';
import { calendarSchema } from './calendar.ts';
import { itemSchema } from './item.ts';
import { laneSchema } from './lane.ts';
import { limitsSchema } from './limits.ts';
import { nodeSchema } from './node.ts';
import { MAX_LINES_PER_ORDER, orderSchema } from './order.ts';
import { policySchema } from './policy.ts';
import { rateCardSchema } from './rate-card.ts';
import { receiptSchema } from './receipt.ts';
import { stockLevelSchema } from './stock-level.ts';

/** Issues beyond this many are counted, not listed. */
export const MAX_ISSUES = 1000;

export const parseItem = parserOf(itemSchema);
export const parseNode = parserOf(nodeSchema);
export const parseStockLevel = parserOf(stockLevelSchema);
export const parseReceipt = parserOf(receiptSchema);
export const parseLane = parserOf(laneSchema);
export const parseRateCard = parserOf(rateCardSchema);
export const parseCalendar = parserOf(calendarSchema);
export const parseOrder = parserOf(orderSchema);
export const parsePolicyShape = parserOf(policySchema);
export const parseLimits = parserOf(limitsSchema);

/** A parse function for a schema: refuses what is too deep or too long unseen, then reports all that the schema finds. */
export function parserOf<S extends z.ZodType>(
  schema: S,
): (input: unknown, base?: string) => Result<z.infer<S>, Issue[]> {
  return (input, base = '') => {
    const tooLong = tooManyLines(input, base);
    if (tooLong.length > 0) return fail(limitIssues(tooLong));
    const tooDeep = depthIssue(input);
    if (tooDeep) return fail([{ ...tooDeep, path: base + tooDeep.path }]);
    const parsed = schema.safeParse(input, { reportInput: true });
    if (parsed.success) return succeed(parsed.data);
    return fail(limitIssues(parsed.error.issues.flatMap((issue) => issuesOf(issue, base))));
  };
}

/** The first `MAX_ISSUES`, with a last one that counts the rest. */
export function limitIssues(issues: readonly Issue[]): Issue[] {
  if (issues.length <= MAX_ISSUES) return [...issues];
  const rest = issues.length - MAX_ISSUES;
  const message = `And ${rest} more issues. Mend those above and try again.`;
  return [...issues.slice(0, MAX_ISSUES), { code: 'too-large', path: '', message }];
}

/** Lists that must not even be walked: the lines of an order, alone or in a list of orders. */
function tooManyLines(input: unknown, base: string): Issue[] {
  const root = input as { lines?: unknown; orders?: unknown } | null;
  if (root === null || typeof root !== 'object') return [];
  const issues: Issue[] = [];
  const check = (lines: unknown, path: string): void => {
    if (!Array.isArray(lines) || lines.length <= MAX_LINES_PER_ORDER) return;
    const message = `${lines.length} lines; an order has at most ${MAX_LINES_PER_ORDER}. Send it as several orders.`;
    issues.push({ code: 'too-large', path: base + path, message });
  };
  check(root.lines, '/lines');
  if (Array.isArray(root.orders)) {
    root.orders.forEach((order: { lines?: unknown } | null, index) => check(order?.lines, `/orders/${index}/lines`));
  }
  return issues;
}

function issuesOf(issue: z.core.$ZodIssue, base: string): Issue[] {
  const path = issue.path.reduce<string>((at, key) => pointer(at, String(key)), base);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown-field',
      path: pointer(path, key),
      message: `There is no field ${shown(key)} here. Remove it or check its spelling.`,
    }));
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return [{ code: 'missing', path, message: `Missing: give ${article(issue.expected)}.` }];
  }
  const value = inputOf(issue);
  if (value === undefined) return [{ code: 'missing', path, message: `Missing. ${advice(issue)}` }];
  return [{ code: codeOf(issue), path, message: `${shown(value)} does not fit. ${advice(issue)}` }];
}

/** The value that does not fit; of a union that is told apart by a field, the value of that field. */
function inputOf(issue: z.core.$ZodIssue): unknown {
  if (issue.code !== 'invalid_union' || issue.discriminator === undefined) return issue.input;
  return (issue.input as Readonly<Record<string, unknown>>)[issue.discriminator];
}

function codeOf(issue: z.core.$ZodIssue): IssueCode {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'out-of-range' : 'wrong-type';
    case 'too_big':
      return issue.origin === 'array' ? 'too-large' : 'out-of-range';
    case 'too_small':
      return 'out-of-range';
    default:
      return 'bad-format';
  }
}

function advice(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'Give a whole number.' : `Give ${article(issue.expected)}.`;
    case 'too_big':
      return `At most ${countOf(issue.maximum, issue.origin)}.`;
    case 'too_small':
      return `At least ${countOf(issue.minimum, issue.origin)}.`;
    case 'invalid_value':
      return `Use one of: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_union':
      return 'options' in issue && issue.options
        ? `Use one of: ${issue.options.map(String).join(', ')}.`
        : 'It fits none of the allowed forms.';
    default:
      return issue.message;
  }
}

function countOf(limit: number | bigint, origin: string): string {
  const one = limit === 1;
  if (origin === 'array') return `${limit} ${one ? 'entry' : 'entries'}`;
  return origin === 'string' ? `${limit} character${one ? '' : 's'}` : String(limit);
}

/** Where the schema's own word is no planner's. */
const WORDS: Readonly<Record<string, string>> = { record: 'object', nonoptional: 'value' };

function article(type: string): string {
  const word = WORDS[type] ?? type;
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}
