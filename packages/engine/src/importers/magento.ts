// Decides how Magento's source selection reads as a cascade: the sources of a stock by priority, or by distance.
// Shape as the REST answers of inventory/stock-source-links and inventory/sources, with the code of the algorithm.
import { z } from 'zod';
import type { Issue } from '../base/issue.ts';
import { orderBy } from '../base/order-by.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Rank } from '../model/cascade.ts';
import { parserOf } from '../model/parse.ts';
import type { Policy } from '../model/policy.ts';
import { type Imported, importedPolicy, noteUnknown, startLog } from './imported.ts';

const code = z.string().min(1).max(80);
const linkSchema = z.looseObject({ stock_id: z.int(), source_code: code, priority: z.int() });
const sourceSchema = z.looseObject({ source_code: code, name: z.string().max(300).optional(), enabled: z.boolean() });
const selectionSchema = z.looseObject({
  algorithm_code: z.enum(['priority', 'distance']),
  stock_id: z.int(),
  stock_source_links: z.looseObject({ items: z.array(linkSchema).min(1).max(5000) }),
  sources: z.looseObject({ items: z.array(sourceSchema).max(5000) }).optional(),
});

const parse = parserOf(selectionSchema);

export function importMagento(input: unknown, base?: Policy): Result<Imported, Issue[]> {
  const parsed = parse(input);
  if (!parsed.ok) return parsed;
  const { algorithm_code: algorithm, stock_id: stock, stock_source_links: links, sources } = parsed.value;
  const log = startLog();
  noteUnknown(parsed.value, selectionSchema, '', log);
  const closed = new Set((sources?.items ?? []).filter(({ enabled }) => !enabled).map((source) => source.source_code));
  const own = links.items.map((link, at) => ({ link, at })).filter(({ link }) => link.stock_id === stock);
  for (const { link, at } of own) {
    if (closed.has(link.source_code)) log.note(`/stock_source_links/items/${at}`, 'lost', 'The source is not enabled.');
  }
  const codes = own
    .filter(({ link }) => !closed.has(link.source_code))
    .sort(
      orderBy(
        ({ link }) => link.priority,
        ({ at }) => at,
      ),
    )
    .map(({ link }) => link.source_code);
  for (const source of codes) log.needs.add(`node: ${source}`);
  const rank: Rank[] =
    algorithm === 'distance'
      ? [{ by: 'distance' }]
      : codes.length > 0
        ? [{ by: 'list', nodes: codes }]
        : [{ by: 'distance' }];
  log.note(
    '/algorithm_code',
    'changed',
    'A line that one source can fill is not split; Magento takes from each source what is there.',
  );
  const nodes = { all: [{ fact: 'node.nodeId', operator: 'in', value: codes }] };
  const strategy = { name: `Sources of stock ${stock} by ${algorithm}`, nodes, rank, allowPartial: true };
  return succeed(
    importedPolicy(
      `magento-stock-${stock}-${algorithm}`,
      `Magento stock ${stock}, ${algorithm}`,
      [strategy],
      log,
      base,
    ),
  );
}
