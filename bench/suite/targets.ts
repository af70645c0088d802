/*
 * What the suite may cost, measured beside an older build.
 */

/** One figure, before and now, and what it has to be. */
export interface Measured {
  readonly what: string;
  readonly unit: string;
  readonly before?: number;
  readonly now: number;
  /** Of now to before; without `before`, of now alone. */
  readonly most?: number;
  readonly least?: number;
}

/** True if a figure is what it has to be; undefined where nothing is asked of it. */
export function isMet(measured: Measured): boolean | undefined {
  const { most, least } = measured;
  const figure = figureOf(measured);
  if (most === undefined && least === undefined) return undefined;
  return figure <= (most ?? Infinity) && figure >= (least ?? -Infinity);
}

function figureOf({ before, now }: Measured): number {
  return before === undefined ? now : now / before;
}

/** The heading of the table. */
export function heading(before: string): string {
  return row(['', before, 'now', 'ratio', 'target', '']);
}

/** A figure as a line of the table. */
export function line(measured: Measured): string {
  const { what, unit, before, now, most, least } = measured;
  const met = isMet(measured);
  const target = most === undefined ? `at least ${least}` : `at most ${most}`;
  return row([
    what,
    before === undefined ? '' : `${short(before)} ${unit}`,
    `${short(now)} ${unit}`,
    before === undefined ? '' : figureOf(measured).toFixed(2),
    met === undefined ? '' : before === undefined ? `${target} ${unit}` : target,
    met === undefined ? '' : met ? '✓' : '✗ missed',
  ]);
}

function short(figure: number): string {
  return figure < 100 ? figure.toPrecision(3) : Math.round(figure).toLocaleString('en');
}

const WIDTHS = [58, 16, 16, 8, 16, 0];

function row(cells: readonly string[]): string {
  return cells
    .map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[i]!) : cell.padStart(WIDTHS[i]!)))
    .join('  ')
    .trimEnd();
}
