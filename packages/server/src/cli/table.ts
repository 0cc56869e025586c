// Decides how a table looks in a terminal: columns aligned, numbers to the right, nothing cut.

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Lines of an aligned table. With `markdown`, a table for documents. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  markdown = false,
): string {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const pad = (text: string, index: number): string =>
    columns[index]!.align === 'right' ? text.padStart(widths[index]!) : text.padEnd(widths[index]!);
  const line = (cells: readonly string[]): string => {
    const padded = columns.map((_, index) => pad(cells[index] ?? '', index));
    return markdown ? `| ${padded.join(' | ')} |` : padded.join('  ').trimEnd();
  };
  const rule = columns.map((column, index) => {
    const dashes = '-'.repeat(widths[index]!);
    return markdown && column.align === 'right' ? `${dashes.slice(1)}:` : dashes;
  });
  return [line(columns.map((column) => column.title)), line(rule), ...rows.map(line)].join('\n');
}
