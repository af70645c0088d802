import { meaningOf } from '../kinds/index.js';
import type { Argument, Inputs } from '../spec.js';
import { flatten, withArrays } from '../values.js';
import type { Budget } from './budget.js';
import { draws, signedUnit } from './draws.js';
import type { Question } from './question.js';

/** Far below every other number of the question, far above where products of two of them vanish. */
const NUDGE = 2 ** -500;
/** What a number that is not 0 is nudged by, of its size: past the kink it lies on, and no farther. */
const RELATIVE_NUDGE = 2 ** -40;
const NUDGES = 8;

/** Widens the budget by what the reference gives when the data is nudged to either side of a kink. */
export function withKinks(question: Question, budget: Budget, d: number): Budget {
  const [low, high] = [budget.low.slice(), budget.high.slice()];
  for (let nudge = 0; nudge < NUDGES; nudge++) {
    let data: Float64Array;
    try {
      ({ data } = flatten(question.reference(nudged(question, nudge))));
    } catch {
      continue; // Out of the domain on this side, which leaves the other.
    }
    for (let i = 0; i < low.length; i++) {
      if (!Number.isFinite(data[i]!)) continue;
      low[i] = Math.min(low[i]!, data[i]!);
      high[i] = Math.max(high[i]!, data[i]!);
    }
  }
  // The ends of the interval are rounded like every other number.
  const allowed = budget.allowed.map(
    (room, i) => room + d * Math.max(Math.abs(low[i]!), Math.abs(high[i]!)),
  );
  return { ...budget, allowed, low, high };
}

/** The inputs with every element of the data nudged to one side or the other. */
function nudged({ inputs, inputSpecs }: Question, nudge: number): Inputs {
  // Every nudge has its opposite; and several, because of elements that tie each wins in one.
  const draw = draws(0xc2b2ae35 + (nudge >> 1));
  const side = nudge % 2 === 0 ? 1 : -1;
  const moved: Record<string, Argument> = { ...inputs };
  for (const [name, argument] of Object.entries(inputs)) {
    const spec = inputSpecs[name];
    const away = spec === undefined ? undefined : meaningOf(spec.kind).nudges;
    // Inside a structure an element has no sides of its own.
    if (away === undefined || spec?.structure !== undefined) continue;
    moved[name] = withArrays(argument, ({ shape, data }) => ({
      shape,
      data: data.map((value) => {
        const by = side * signedUnit(draw);
        if (value !== 0) return value * (1 + by * RELATIVE_NUDGE);
        return NUDGE * (away === 'both ways' ? by : Math.abs(by));
      }),
    }));
  }
  return moved;
}
