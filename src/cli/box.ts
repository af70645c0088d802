import { columns, pad } from '../reporters/text.js';

/** A rectangle of text: what stands beside it meets its line of writing. */
export interface Box {
  readonly lines: readonly string[];
  /** The index of the line of writing. */
  readonly baseline: number;
}

export function textBox(text: string): Box {
  return { lines: [text], baseline: 0 };
}

/** Boxes side by side, their lines of writing level. */
export function beside(boxes: readonly Box[]): Box {
  const above = Math.max(0, ...boxes.map(({ baseline }) => baseline));
  const below = Math.max(0, ...boxes.map(({ lines, baseline }) => lines.length - 1 - baseline));
  const lines: string[] = new Array(above + 1 + below).fill('');
  for (const { lines: own, baseline } of boxes) {
    const width = Math.max(...own.map(columns));
    for (let row = 0; row < lines.length; row++) {
      lines[row] += pad(own[row - above + baseline] ?? '', width);
    }
  }
  return { lines, baseline: above };
}

/** Rows of cells in aligned columns, behind a brace if there is more than one row. */
export function cases(rows: readonly (readonly string[])[]): Box {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => columns(row[column] ?? ''))),
  );
  const brace = (row: number): string => {
    if (row === 0) return '⎧ ';
    return row === rows.length - 1 ? '⎩ ' : '⎨ ';
  };
  const lines = rows.map(
    (row, index) =>
      brace(index) +
      row
        .map((cell, column) => pad(cell, widths[column]!))
        .join('   ')
        .trimEnd(),
  );
  return { lines, baseline: Math.floor((rows.length - 1) / 2) };
}
