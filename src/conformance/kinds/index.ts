import type { Kind } from '../spec.js';
import { binary, label, sign } from './classes.js';
import { count } from './counts.js';
import { distribution } from './distributions.js';
import type { KindMeaning } from './kind.js';
import { logProbability } from './log-probabilities.js';
import { nonNegative, positive } from './positives.js';
import { normal, uniform } from './random.js';
import { real } from './reals.js';
import { score } from './scores.js';
import { unit } from './units.js';
import { choice, functionName, lengths } from './words.js';

export type { KindMeaning, ParameterStyles } from './kind.js';

/** What each kind means. A new kind is a module, and a line here. */
export const kinds: Readonly<Record<Kind, KindMeaning>> = {
  real,
  positive,
  'non-negative': nonNegative,
  unit,
  distribution,
  'log-probability': logProbability,
  sign,
  binary,
  label,
  count,
  choice,
  score,
  uniform,
  normal,
  lengths,
  function: functionName,
};

export function meaningOf(kind: Kind): KindMeaning {
  return kinds[kind];
}
