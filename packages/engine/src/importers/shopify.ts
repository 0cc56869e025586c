// Decides how Shopify's order routing rules read as a cascade: rules from top to bottom, each a tie-break of the one above.
// Shopify exports no file: the shape is the list of the settings page, in its own words.
import { z } from 'zod';
import type { Issue } from '../base/issue.ts';
import { type Result, succeed } from '../base/result.ts';
import type { CascadeStrategy, Rank } from '../model/cascade.ts';
import { parserOf } from '../model/parse.ts';
import type { Policy } from '../model/policy.ts';
import { type Imported, importedPolicy, type ImportLog, startLog } from './imported.ts';

const routingRuleSchema = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('minimize-split-fulfillments') }),
  z.strictObject({ rule: z.literal('stay-within-destination-market') }),
  z.strictObject({ rule: z.literal('ship-from-closest-location') }),
  /** Location ids by rank. */
  z.strictObject({
    rule: z.literal('ranked-locations'),
    locations: z.array(z.string().min(1).max(80)).min(1).max(1000),
  }),
  z.strictObject({
    rule: z.literal('location-metafield'),
    metafield: z.string().max(200),
    order: z.enum(['ascending', 'descending']).optional(),
  }),
]);
const strategySchema = z.strictObject({
  name: z.string().min(1).max(100),
  rules: z.array(routingRuleSchema).min(1).max(20),
});

type RoutingRule = z.infer<typeof routingRuleSchema>;

const parse = parserOf(strategySchema);

export function importShopify(input: unknown, base?: Policy): Result<Imported, Issue[]> {
  const parsed = parse(input);
  if (!parsed.ok) return parsed;
  const { name, rules } = parsed.value;
  const log = startLog();
  const rank = rules.flatMap((rule, at) => rankOf(rule, `/rules/${at}`, log));
  const splitAt = rules.findIndex(({ rule }) => rule === 'minimize-split-fulfillments');
  const marketAt = rules.findIndex(({ rule }) => rule === 'stay-within-destination-market');
  if (marketAt >= 0) {
    log.needs.add('node group: the country code of the market that a location is in');
    log.note(
      `/rules/${marketAt}`,
      'changed',
      'A market is the country of the order: the node has it among its groups.',
    );
  }
  if (splitAt >= 0) {
    log.note(
      `/rules/${splitAt}`,
      'changed',
      'One location is tried, then two, then any number, each location in the order of the other rules.',
    );
  }
  const strategies = inOrder(splitAt, marketAt).map(
    ({ label, maxSplits, inMarket, isLast }): CascadeStrategy => ({
      name: label,
      ...(inMarket && {
        nodes: { all: [{ fact: 'node.groups', operator: 'contains', value: { fact: 'order.country' } }] },
      }),
      ...(rank.length > 0 && { rank }),
      ...(maxSplits !== undefined && { maxSplits }),
      ...(isLast && { allowPartial: true }),
    }),
  );
  return succeed(importedPolicy(name, name, strategies, log, base));
}

interface Attempt {
  readonly label: string;
  readonly maxSplits?: number;
  readonly inMarket: boolean;
  readonly isLast: boolean;
}

/** Fewest splits over markets or the other way round, as the rules stand. */
function inOrder(splitAt: number, marketAt: number): Attempt[] {
  const splits = splitAt < 0 ? [undefined] : [0, 1, undefined];
  const markets = marketAt < 0 ? [false] : [true, false];
  const attempt = (maxSplits: number | undefined, inMarket: boolean, isLast: boolean): Attempt => ({
    label: `${maxSplits === undefined ? 'Any locations' : maxSplits === 0 ? 'One location' : 'Two locations'}${inMarket ? ' in the market' : ''}`,
    ...(maxSplits !== undefined && { maxSplits }),
    inMarket,
    isLast,
  });
  const pairs =
    marketAt >= 0 && (splitAt < 0 || marketAt < splitAt)
      ? markets.flatMap((inMarket) => splits.map((maxSplits) => [maxSplits, inMarket] as const))
      : splits.flatMap((maxSplits) => markets.map((inMarket) => [maxSplits, inMarket] as const));
  return pairs.map(([maxSplits, inMarket], at) => attempt(maxSplits, inMarket, at === pairs.length - 1));
}

function rankOf(rule: RoutingRule, path: string, log: ImportLog): Rank[] {
  switch (rule.rule) {
    case 'ship-from-closest-location':
      return [{ by: 'distance' }];
    case 'ranked-locations':
      for (const location of rule.locations) log.needs.add(`node: ${location}`);
      return [{ by: 'list', nodes: rule.locations }];
    case 'location-metafield':
      log.note(path, 'lost', `Nodes have no fact like the metafield ${rule.metafield}; name them in a rank by list.`);
      return [];
    case 'minimize-split-fulfillments':
    case 'stay-within-destination-market':
      return [];
  }
}
