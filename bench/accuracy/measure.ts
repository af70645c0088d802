import { createHash } from 'node:crypto';
import type { Formula } from '../../src/catalog.js';
import { elementsOf } from '../../src/conformance/judge/index.js';
import { arraysIn } from '../../src/conformance/values.js';
import { type Accuracy, accuracyOf, gradientCases, valueCases } from './errors.js';
import { askOracle } from './oracle.js';
import { type Point, pointsOf } from './points.js';

/** The accuracy of one formula: its gradient where it has one. */
export interface FormulaAccuracy {
  readonly value: Accuracy;
  readonly gradient?: Accuracy;
  /** Tells whether another measurement had the same points to choose from. */
  readonly points: string;
}

/** Which points to measure at. */
export type Selection = (operation: 'value' | 'gradient', points: readonly Point[]) => Point[];

/** Differentiating numerically asks for the whole value twice an element. */
const GRADIENT_ELEMENTS = 12;
/** Of the points of a grid, one in so many is asked for its gradient. */
const GRADIENT_STRIDE = 3;
/** More points than this are a grid. */
const GRID = 2000;

/** Every point that is affordable. */
export const everyPoint: Selection = (operation, points) => {
  if (operation === 'value') return [...points];
  const stride = points.length > GRID ? GRADIENT_STRIDE : 1;
  return points.filter(
    ({ inputs }, i) => i % stride === 0 && elementsOf(inputs) <= GRADIENT_ELEMENTS,
  );
};

/** Measures references against the oracles. */
export async function measure(
  python: string,
  formulas: readonly Formula[],
  select: (formula: Formula) => Selection = () => everyPoint,
): Promise<ReadonlyMap<string, FormulaAccuracy>> {
  const asked = formulas.map((formula) => {
    const points = pointsOf(formula);
    const selection = select(formula);
    return {
      id: formula.id,
      points: fingerprint(points),
      value: valueCases(formula, selection('value', points)),
      gradient: gradientCases(formula, selection('gradient', points)),
    };
  });
  const cases = asked.flatMap(({ value, gradient }) => [...value, ...gradient]);
  const answers = await askOracle(
    python,
    cases.map((one) => one.asked),
  );
  let next = 0;
  const take = (count: number) => {
    next += count;
    return answers.slice(next - count, next);
  };
  return new Map(
    asked.map(({ id, points, value, gradient }) => {
      const ofValue = accuracyOf(value, take(value.length));
      const ofGradient = accuracyOf(gradient, take(gradient.length));
      const ofGradients = gradient.length === 0 ? {} : { gradient: ofGradient };
      return [id, { points, value: ofValue, ...ofGradients }];
    }),
  );
}

/** Eight digits that change with any of the inputs. */
function fingerprint(points: readonly Point[]): string {
  const hash = createHash('sha256');
  for (const { inputs } of points) {
    for (const [name, argument] of Object.entries(inputs)) {
      hash.update(name);
      const arrays = arraysIn(argument);
      if (arrays.length === 0) hash.update(String(argument));
      for (const { data } of arrays) hash.update(data);
    }
  }
  return hash.digest('hex').slice(0, 8);
}
