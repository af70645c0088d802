import { formats, type Precision } from '../../kernel/index.js';

/** By how much draws of a precision may differ from ideal ones. */
export interface Slack {
  /** Of the uniform number u = F(y) that a draw y stands for. */
  readonly uniform: number;
  /** Of the size of a draw: of the ends of its range. */
  readonly relative: number;
  /** Unit roundoff. */
  readonly unit: number;
}

/**
 * A coarse source and rounded arithmetic. In rounding units of what draws: two for a source that
 * fills the fraction of [1, 2) alone, one for the product with the width of the range, half a
 * unit each for the sum and the limit, and one for how the limit is computed.
 *
 * Double precision is drawn from 32 random bits, or from float32, in many libraries, so no
 * format is held to more than float32.
 */
export function slackOf(precision: Precision): Slack {
  const { unit } = formats[precision];
  const drawn = Math.max(unit, formats.float32.unit);
  return { uniform: 5 * drawn, relative: Math.max(2 ** -20, 5 * drawn), unit };
}
