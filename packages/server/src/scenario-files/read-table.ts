// Decides how a CSV file of a scenario becomes rows: RFC 4180 with a header, cells typed by the layout, every bad cell reported.
// Leaves limits, formats and references to the engine.
import { CsvError, parse } from 'csv-parse/sync';
import { fail, type Issue, type Result, succeed } from '@sourcewright/engine';
import { createIssueList, type IssueList } from './issue-list.ts';
import type { CellType, Column, TableLayout } from './layout.ts';
import { readBytes, type ReadLimits } from './read-bytes.ts';

/** A row as the engine wants it: cells by column name, empty cells left out. */
export type Row = Record<string, unknown>;

export interface Table {
  /** In file order; row `i` stands in row `i + 2` of the file, below the header. */
  readonly rows: readonly Row[];
  /** Bad cells and rows; a bad cell keeps its text. */
  readonly issues: IssueList;
}

/** Where a cell stands: `stock.csv.gz:18 (nodeId)`. Rows are counted from 1, the header being row 1. */
export function cellPath(file: string, rowIndex: number, column?: string): string {
  return `${file}:${rowIndex + 2}${column === undefined ? '' : ` (${column})`}`;
}

/** The table at `path`; fails where the file or its header cannot be used. */
export async function readTable(
  path: string,
  shownAs: string,
  layout: TableLayout,
  limits: ReadLimits,
): Promise<Result<Table, Issue[]>> {
  const bytes = await readBytes(path, shownAs, limits);
  if (!bytes.ok) return fail([bytes.error]);
  const rows: Row[] = [];
  const issues = createIssueList();
  let header: readonly (Column | undefined)[] | undefined;
  let headerIssues: Issue[] = [];
  try {
    parse(bytes.value, {
      bom: true,
      relax_column_count: true,
      max_record_size: 1_000_000,
      on_record: (cells: string[]) => {
        if (header) rows.push(readRow(cells, header, shownAs, rows.length, issues));
        else {
          headerIssues = checkHeader(cells, layout, shownAs);
          header = cells.map((name) => layout.columns.find((column) => column.name === name));
        }
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return fail([brokenCsv(error, shownAs, header ? rows.length : -1), ...headerIssues]);
  }
  if (headerIssues.length > 0) return fail(headerIssues);
  return succeed({ rows, issues });
}

function checkHeader(cells: readonly string[], layout: TableLayout, file: string): Issue[] {
  const issues: Issue[] = [];
  const at = `${file}:1`;
  const known = layout.columns.map((column) => column.name);
  cells.forEach((name, index) => {
    if (!known.includes(name)) {
      const message = `There is no column "${name.slice(0, 60)}" here. Remove it or use one of: ${known.join(', ')}.`;
      issues.push({ code: 'unknown-field', path: at, message });
    } else if (cells.indexOf(name) < index) {
      issues.push({ code: 'duplicate-id', path: at, message: `Column "${name}" is there twice. Keep one of them.` });
    }
  });
  for (const column of layout.columns) {
    if (!column.required || cells.includes(column.name)) continue;
    const message = `Column "${column.name}" is missing. Add it; ${layout.name} cannot be read without it.`;
    issues.push({ code: 'missing-column', path: at, message });
  }
  return issues;
}

function readRow(
  cells: readonly string[],
  header: readonly (Column | undefined)[],
  file: string,
  index: number,
  issues: IssueList,
): Row {
  const row: Row = {};
  if (cells.length !== header.length) {
    const message = `The row has ${cells.length} cells, the header has ${header.length}. Add or remove commas, or quote a cell that holds one.`;
    issues.add({ code: 'bad-format', path: cellPath(file, index), message });
  }
  header.forEach((column, position) => {
    const text = cells[position];
    if (!column || text === undefined) return;
    if (text === '') {
      if (column.required) {
        issues.add({
          code: 'missing',
          path: cellPath(file, index, column.name),
          message: 'The cell is empty. Fill it.',
        });
      }
      return;
    }
    const value = readCell(text, column.type);
    if (value === undefined) {
      const message = `"${text.slice(0, 60)}" is not ${WANTED[column.type]}.`;
      issues.add({ code: 'wrong-type', path: cellPath(file, index, column.name), message });
    }
    row[column.name] = value ?? text;
  });
  return row;
}

const WANTED: Record<CellType, string> = {
  text: 'text',
  integer: 'a whole number. Write digits only, without separators or decimals',
  number: 'a number. Write digits with a decimal point, without separators or units',
  boolean: 'true or false',
  list: 'a list',
  steps: 'steps as units:perUnitMicros with | between them',
};

/** The value of a cell, or undefined where it is not of its type. */
function readCell(text: string, type: CellType): unknown {
  switch (type) {
    case 'text':
      return text;
    case 'integer':
      return /^-?\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
    case 'number':
      return /^-?\d{1,20}(\.\d{1,20})?([eE][+-]?\d{1,2})?$/.test(text) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'list':
      return splitList(text);
    case 'steps':
      return readSteps(text);
  }
}

/** Undefined where an entry is not two whole numbers. */
function readSteps(text: string): unknown {
  const steps = text.split('|').map((entry) => /^(\d{1,16}):(\d{1,16})$/.exec(entry));
  if (steps.includes(null)) return undefined;
  return steps.map((step) => ({ units: Number(step![1]), perUnitMicros: Number(step![2]) }));
}

/** `a|b` as two entries; a backslash takes the next character as it is. */
function splitList(text: string): string[] {
  const entries = [''];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '|') entries.push('');
    else {
      if (text[at] === '\\' && at + 1 < text.length) at++;
      entries[entries.length - 1] += text[at]!;
    }
  }
  return entries;
}

function brokenCsv(error: CsvError, file: string, rowIndex: number): Issue {
  const reasons: Partial<Record<string, string>> = {
    CSV_QUOTE_NOT_CLOSED: 'A quote is opened and never closed. Close it, or double quotes inside a quoted cell.',
    CSV_INVALID_CLOSING_QUOTE: 'A quoted cell goes on after its closing quote. Double the quotes inside it.',
    INVALID_OPENING_QUOTE:
      'A quote stands inside a cell that is not quoted. Quote the whole cell and double the quote.',
    CSV_MAX_RECORD_SIZE: 'A row is longer than 1,000,000 characters. A quote that is never closed is the usual cause.',
  };
  const message = reasons[error.code] ?? `The file is not CSV (${error.code}). Save it as comma-separated UTF-8 text.`;
  return { code: 'unreadable', path: cellPath(file, rowIndex), message };
}
