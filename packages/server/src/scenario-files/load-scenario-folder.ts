// Decides how a scenario on disk becomes a Scenario: a folder of JSON and CSV files, or one JSON file; every issue at once.
// Leaves the meaning of the parts to the engine, and translates its paths back to files, rows and columns.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fail, type Issue, parseScenario, type Result, type Scenario, succeed } from '@sourcewright/engine';
import { assembleScenario, RESERVED_FIELDS } from './assemble.ts';
import { listIssues, splitCount } from './issue-list.ts';
import { type DocumentLayout, DOCUMENTS, type TableLayout, TABLES } from './layout.ts';
import { createLocator } from './locate.ts';
import { MAX_FILE_BYTES, type ReadLimits } from './read-bytes.ts';
import { readDocument } from './read-document.ts';
import { readTable, type Row } from './read-table.ts';

/**
 * The scenario at `path`: a folder as docs/reference/scenario-files.md describes it, or a `.json` / `.json.gz` file that holds
 * a whole Scenario. Issues name the file and the row, column or JSON pointer in it; at most `MAX_LISTED_ISSUES` and a count.
 */
export async function loadScenarioFolder(
  path: string,
  limits: ReadLimits = { maxBytes: MAX_FILE_BYTES },
): Promise<Result<Scenario, Issue[]>> {
  const kind = await kindOf(path);
  if (kind === 'folder') return loadFolder(path, limits);
  if (kind === 'file' && /\.json(\.gz)?$/.test(path)) return loadFile(path, limits);
  const message =
    kind === 'file'
      ? 'A scenario is a folder, a .json file or a .json.gz file. Name one of these.'
      : 'There is nothing of that name. Check the path.';
  return fail([{ code: 'unreadable', path: basename(path), message }]);
}

async function loadFile(path: string, limits: ReadLimits): Promise<Result<Scenario, Issue[]>> {
  const file = basename(path);
  const document = await readDocument(path, file, limits);
  if (!document.ok) return fail([document.error]);
  const parsed = parseScenario(document.value);
  if (parsed.ok) return parsed;
  return fail(
    listIssues(parsed.error.map((issue) => ({ ...issue, path: issue.path === '' ? file : `${file}#${issue.path}` }))),
  );
}

async function loadFolder(folder: string, limits: ReadLimits): Promise<Result<Scenario, Issue[]>> {
  const names = new Set(await readdir(folder));
  const documents = new Map<string, unknown>();
  const tables = new Map<string, readonly Row[]>();
  const files = new Map<string, string>();
  const issues: Issue[] = [];
  const broken = new Set<string>();
  let dropped = 0;
  const found = (layout: DocumentLayout | TableLayout, extension: string): boolean => {
    const file = fileFor(layout, extension, names);
    if (typeof file === 'string') files.set(layout.name, file);
    else if (file) issues.push(file);
    if (file !== undefined && typeof file !== 'string') broken.add(layout.name);
    return typeof file === 'string';
  };
  for (const layout of DOCUMENTS) {
    if (!found(layout, 'json')) continue;
    const file = files.get(layout.name)!;
    const read = await readDocument(join(folder, file), file, limits);
    const problems = read.ok ? documentIssues(read.value, layout, file) : [read.error];
    issues.push(...problems);
    if (read.ok && problems.length === 0) documents.set(layout.name, read.value);
    else broken.add(layout.name);
  }
  for (const layout of TABLES) {
    if (!found(layout, 'csv')) continue;
    const file = files.get(layout.name)!;
    const read = await readTable(join(folder, file), file, layout, limits);
    issues.push(...(read.ok ? read.value.issues.kept : read.error));
    if (read.ok) dropped += read.value.issues.dropped;
    if (read.ok) tables.set(layout.name, read.value.rows);
    else broken.add(layout.name);
  }
  const assembled = assembleScenario({ documents, tables, files });
  issues.push(...assembled.issues.kept);
  dropped += assembled.issues.dropped;
  const parsed = parseScenario(assembled.input);
  if (parsed.ok && issues.length === 0) return succeed(parsed.value);
  const locate = createLocator(files, assembled.lineRows);
  // Reader and engine stumble over the same cells: the larger of their counts is sure, their sum is not.
  const { listed, dropped: uncounted } = splitCount(parsed.ok ? [] : parsed.error);
  const located = listed
    .filter((issue) => !followsFrom(issue, broken))
    .map((issue) => ({ ...issue, path: locate(issue.path) }));
  return fail(listIssues(inFileOrder(withoutRepeats([...issues, ...located]), files), Math.max(dropped, uncounted)));
}

/** The file of a part, an issue where there is none or more than one, nothing where an optional part is left out. */
function fileFor(
  layout: DocumentLayout | TableLayout,
  extension: string,
  names: ReadonlySet<string>,
): string | Issue | undefined {
  const plain = `${layout.name}.${extension}`;
  const there = [plain, `${plain}.gz`].filter((name) => names.has(name));
  if (there.length === 1) return there[0]!;
  if (there.length === 0) {
    if (!layout.required) return undefined;
    return { code: 'missing', path: plain, message: `The file is missing. Add ${plain} or ${plain}.gz.` };
  }
  return { code: 'inconsistent', path: plain, message: `Both ${plain} and ${plain}.gz are there. Keep one of them.` };
}

function documentIssues(value: unknown, layout: DocumentLayout, file: string): Issue[] {
  const isArray = Array.isArray(value);
  if (layout.holds === 'array') {
    return isArray ? [] : [{ code: 'wrong-type', path: file, message: 'The file must hold a JSON array: [ … ].' }];
  }
  if (isArray || value === null || typeof value !== 'object') {
    return [{ code: 'wrong-type', path: file, message: 'The file must hold a JSON object: { … }.' }];
  }
  if (layout.name !== 'scenario') return [];
  return RESERVED_FIELDS.filter((field) => field in value).map((field) => {
    const message = `"${field}" has files of its own in a scenario folder. Remove it here.`;
    return { code: 'unknown-field', path: `${file}#/${field}`, message };
  });
}

const POINTER_OF: Partial<Record<string, string>> = {
  nodes: '/snapshot/nodes',
  items: '/snapshot/items',
  stock: '/snapshot/stock',
  calendars: '/snapshot/calendars',
  'rate-cards': '/snapshot/rateCards',
  policy: '/policy',
  orders: '/orders',
  'order-lines': '/orders',
};

/** Whether an issue only says again that a part could not be read. */
function followsFrom(issue: Issue, broken: ReadonlySet<string>): boolean {
  if (broken.size === 0) return false;
  if (issue.code === 'unknown-reference') return true;
  if (broken.has('scenario') && !/^\/(snapshot\/[a-zA-Z]+\/|orders|policy)/.test(issue.path)) return true;
  return [...broken].some((name) => POINTER_OF[name] === issue.path);
}

/** The reader and the engine may both object to one cell or place: the first says it. A count of the rest has no place. */
function withoutRepeats(issues: readonly Issue[]): Issue[] {
  const seen = new Set<string>();
  return issues.filter((issue) => {
    const cell = / \(\w+\)$/.test(issue.path);
    if (cell && seen.has(issue.path)) return false;
    seen.add(issue.path);
    return true;
  });
}

function inFileOrder(issues: readonly Issue[], files: ReadonlyMap<string, string>): Issue[] {
  const order = [...DOCUMENTS, ...TABLES].map((layout) => layout.name);
  const nameOf = new Map([...files].map(([name, file]) => [file, name]));
  const keyed = issues.map((issue, index) => {
    const [file, row] = /^([^:#]+)(?::(\d+))?/.exec(issue.path)?.slice(1) ?? [];
    const name = nameOf.get(file ?? '') ?? (file ?? '').replace(/\.(csv|json)$/, '');
    return { issue, index, rank: order.indexOf(name), row: Number(row ?? 0) };
  });
  return keyed.sort((a, b) => a.rank - b.rank || a.row - b.row || a.index - b.index).map((key) => key.issue);
}

async function kindOf(path: string): Promise<'folder' | 'file' | 'nothing'> {
  try {
    const info = await stat(path);
    return info.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'nothing';
  }
}
