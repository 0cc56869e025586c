// Decides how a program is written down for other solvers: free-format MPS, costs in units of the currency.
// Leaves what the program says to its builder.
import { MICROS } from '../base/money.ts';
import type { MipColumn, MipModel, MipRow } from './mip-model.ts';

const SENSES: Record<MipRow['sense'], string> = { '<=': 'L', '>=': 'G', '=': 'E' };
/** Characters in a piece, roughly. */
const PIECE = 1 << 16;

/** The text in pieces, because that of a large wave is longer than one string may be. */
export function* mpsPieces(model: MipModel): Generator<string> {
  let piece = '';
  for (const line of mpsLines(model)) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* mpsLines(model: MipModel): Generator<string> {
  yield 'NAME sourcewright';
  yield 'ROWS';
  yield ' N cost';
  for (const { name, sense } of model.rows) yield ` ${SENSES[sense]} ${name}`;
  yield 'COLUMNS';
  yield* columnLines(model);
  yield 'RHS';
  for (const { name, bound } of model.rows) if (bound !== 0) yield ` RHS ${name} ${bound}`;
  yield 'BOUNDS';
  for (const column of model.columns) yield boundLine(column);
  yield 'ENDATA';
}

function* columnLines(model: MipModel): Generator<string> {
  const byColumn = entriesByColumn(model);
  let integers = false;
  let markers = 0;
  for (const [position, { name, micros, integer }] of model.columns.entries()) {
    if (integer !== integers) yield ` M${markers++} 'MARKER' '${integer ? 'INTORG' : 'INTEND'}'`;
    integers = integer;
    if (micros !== 0) yield ` ${name} cost ${micros / MICROS}`;
    for (let at = byColumn.start[position]!; at < byColumn.start[position + 1]!; at++) {
      yield ` ${name} ${model.rows[byColumn.rowOf[at]!]!.name} ${byColumn.value[at]}`;
    }
  }
  if (integers) yield ` M${markers} 'MARKER' 'INTEND'`;
}

function boundLine({ name, upper, integer }: MipColumn): string {
  return integer && upper === 1 ? ` BV BOUND ${name}` : ` UP BOUND ${name} ${upper}`;
}

/** The coefficients turned round: from rows to columns. */
function entriesByColumn({ columns, rows, rowStart, columnOf, value }: MipModel) {
  const start = new Int32Array(columns.length + 1);
  for (const column of columnOf) start[column + 1]!++;
  for (let column = 0; column < columns.length; column++) start[column + 1]! += start[column]!;
  const next = start.slice();
  const rowOf = new Int32Array(columnOf.length);
  const turned = new Float64Array(columnOf.length);
  for (let row = 0; row < rows.length; row++) {
    for (let at = rowStart[row]!; at < rowStart[row + 1]!; at++) {
      const to = next[columnOf[at]!]!++;
      rowOf[to] = row;
      turned[to] = value[at]!;
    }
  }
  return { start, rowOf, value: turned };
}
