// Decides how a mixed-integer program is held: columns with cost and bounds, rows with a sense, coefficients by row.
// Leaves what the program says to its builder, and how it is written or solved to others.

/** Minimise Σ cost × column. Every column is at least 0. */
export interface MipModel {
  readonly columns: readonly MipColumn[];
  readonly rows: readonly MipRow[];
  /** Coefficients of row r stand from `rowStart[r]` up to `rowStart[r + 1]`; no column twice in a row. */
  readonly rowStart: Int32Array;
  readonly columnOf: Int32Array;
  readonly value: Float64Array;
}

export interface MipColumn {
  /** No spaces; unique among the columns. */
  readonly name: string;
  /** Micros a unit of the column; need not be whole. */
  readonly micros: number;
  readonly upper: number;
  readonly integer: boolean;
}

export interface MipRow {
  readonly name: string;
  readonly sense: '<=' | '>=' | '=';
  readonly bound: number;
}

export interface MipEntry {
  readonly column: number;
  readonly value: number;
}

/** The longest name that common solvers read. */
const MAX_NAME = 255;
/** Stands in no id, so that joined ids stay apart; nor do `%` and `#`. */
const JOIN = '|';

/** Collects columns and rows; answers with their positions. */
export class MipDraft {
  readonly #columns: MipColumn[] = [];
  readonly #rows: MipRow[] = [];
  readonly #rowStart: number[] = [0];
  readonly #columnOf: number[] = [];
  readonly #value: number[] = [];

  column(name: readonly string[], micros: number, upper: number, integer: boolean): number {
    const position = this.#columns.length;
    this.#columns.push({ name: joined(name, position), micros, upper, integer });
    return position;
  }

  row(name: readonly string[], sense: MipRow['sense'], bound: number, entries: readonly MipEntry[]): void {
    this.#rows.push({ name: joined(name, this.#rows.length), sense, bound });
    for (const { column, value } of entries) {
      this.#columnOf.push(column);
      this.#value.push(value);
    }
    this.#rowStart.push(this.#columnOf.length);
  }

  finish(): MipModel {
    return {
      columns: this.#columns,
      rows: this.#rows,
      rowStart: Int32Array.from(this.#rowStart),
      columnOf: Int32Array.from(this.#columnOf),
      value: Float64Array.from(this.#value),
    };
  }
}

/** Kind and ids, as `kind|id|id`; where that is too long its kind and position. */
function joined(parts: readonly string[], position: number): string {
  const name = parts.join(JOIN).replaceAll(' ', '%20');
  return name.length <= MAX_NAME ? name : `${parts[0]}${JOIN}#${position}`;
}
