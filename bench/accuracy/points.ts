import type { Formula } from '../../src/catalog.js';
import { generatorOf, isArraySpec } from '../../src/conformance/generate/index.js';
import { decodeInputs } from '../../src/conformance/golden.js';
import type { Argument, InputSpec, Inputs, Spec } from '../../src/conformance/spec.js';
import { withArrays } from '../../src/conformance/values.js';
import { type NDArray, stream, vector } from '../../src/kernel/index.js';

/*
 * Where the error of a reference is measured: the same inputs for ever, as long as the
 * generators stay as they are.
 */

/** Inputs of a formula, with a name that finds them again. */
export interface Point {
  readonly name: string;
  readonly inputs: Inputs;
}

/** Every point of a formula. */
export function pointsOf(formula: Formula): readonly Point[] {
  const dense = isElementwise(formula.spec)
    ? gridPoints(formula.spec)
    : [...drawnPoints(formula.spec), ...extremePoints(formula.spec)];
  return [...goldenPoints(formula), ...dense];
}

/** True for a formula of one real array that takes each element to one of the output. */
function isElementwise({ inputs, output }: Spec): boolean {
  const arrays = Object.entries(inputs).filter(([, input]) => isArraySpec(input));
  const [name, input] = arrays[0] ?? [];
  // What a function is taken of may be all of its elements.
  if (Object.values(inputs).some(({ kind }) => kind === 'function')) return false;
  return arrays.length === 1 && input?.shape === 'any' && output?.shape === name;
}

/** The edge cases that the formula's goldens list, but for what is refused. */
function goldenPoints({ spec, goldens }: Formula): Point[] {
  return goldens.cases
    .filter(({ error }) => error === undefined)
    .map(({ id, inputs }) => ({ name: `golden ${id}`, inputs: decodeInputs(spec, inputs) }));
}

// ---- elementwise formulas ---------------------------------------------------------------

/** One element at a time, for every setting of the hyper-parameters. */
function gridPoints(spec: Spec): Point[] {
  const name = Object.keys(spec.inputs).find((input) => isArraySpec(spec.inputs[input]!))!;
  const elements = gridOf(spec.inputs[name]!);
  return settingsOf(spec).flatMap((setting) =>
    elements.map((element) => ({
      name: describe({ [name]: element, ...setting }),
      inputs: { [name]: vector(element), ...setting },
    })),
  );
}

/** The defaults, then each hyper-parameter at other values. */
function settingsOf(spec: Spec): Readonly<Record<string, Argument>>[] {
  const others = Object.entries(spec.inputs).flatMap(([name, input]) =>
    isArraySpec(input) ? [] : valuesOf(input).map((value) => ({ [name]: value })),
  );
  return [{}, ...others];
}

function valuesOf({ kind, choices = [] }: InputSpec): readonly Argument[] {
  if (kind === 'choice') return choices;
  return kind === 'unit' ? [0.1, 0.7] : [0.3, 2.5];
}

/** Offset that keeps grids off round numbers, where errors hide: the golden ratio's fraction. */
const OFFSET = 0.6180339887498949;

/** Where elementary functions overflow, and where e^x and e^(−2x) leave the normal numbers. */
const THRESHOLDS = [
  Number.MIN_VALUE,
  2 ** -1022,
  2 ** -54,
  2 ** -53,
  2 ** -27,
  354.19,
  354.89,
  372.56,
  372.91,
  708.39,
  709.09,
  709.78271289338397,
  710.47,
  744.44,
  745.13321910194122,
  745.13,
  Number.MAX_VALUE,
];

/** Magnitudes from the least subnormal to the largest double, and the middle of the line densely. */
function gridOf({ seams = [], special = [] }: InputSpec): readonly number[] {
  const spread = (count: number, low: number, high: number): number[] =>
    Array.from({ length: count }, (_, k) => low + ((high - low) * (k + OFFSET)) / count);
  const magnitudes = [
    ...spread(160, -323.3, 308.2).map((power) => 10 ** power),
    ...spread(240, -20, 3).map((power) => 10 ** power),
    ...spread(900, 0, 40),
    ...spread(240, 40, 760),
  ];
  const centres = [0, 1, ...(seams === true ? [] : seams.map(Math.abs))];
  const near = centres.flatMap((centre) => [centre, ...neighbours(centre)]);
  const finite = [...magnitudes, ...THRESHOLDS, ...near];
  const infinite = special.filter((value) => typeof value === 'number');
  return [...finite, ...finite.map((value) => -value), ...infinite];
}

/** A rounding or two beside a number, and farther away by powers of two. */
function neighbours(centre: number): readonly number[] {
  const unit = centre * 2 ** -52;
  return [-2, -1, -0.5, 0.5, 1, 2, 3]
    .map((step) => centre + step * unit)
    .concat([4, 7, 10, 20, 26, 30, 40, 50].flatMap((k) => [centre + 2 ** -k, centre - 2 ** -k]));
}

function describe(values: Readonly<Record<string, Argument>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

// ---- formulas of several arrays, and of rows ---------------------------------------------

const SEEDS = [1, 2, 3, 4, 5];
const DRAWS = 60;

/** What the checks of a run would be asked. */
function drawnPoints(spec: Spec): Point[] {
  const { draw } = generatorOf(spec, { precision: 'float64', finite: true });
  return SEEDS.flatMap((seed) =>
    Array.from({ length: DRAWS }, (_, index) => ({
      name: `seed ${seed}, draw ${index}`,
      inputs: draw(seed, index),
    })),
  );
}

/** Powers of two that bring squares, exponentials and sums of numbers near 1 to their ends. */
const SCALES = [-1070, -1000, -538, -511, -300, -60, -27, 27, 60, 300, 500, 511, 900, 1018];

/** Numbers at and beside the ends of [0, 1], and where 1 − p rounds. */
const ENDS = [
  2 ** -1074,
  2 ** -1022,
  2 ** -500,
  2 ** -60,
  2 ** -53,
  2 ** -30,
  0.5,
  1 - 2 ** -30,
  1 - 2 ** -53,
];

/** Draws taken to the ends of the doubles. */
function extremePoints(spec: Spec): Point[] {
  const { draw } = generatorOf(spec, { precision: 'float64', finite: true });
  return SCALES.flatMap((power) =>
    [0, 1].map((index) => {
      const drawn = draw(6, index + 2 * SCALES.indexOf(power));
      const draws = stream(`${spec.id}/${power}/${index}`);
      const entries = Object.entries(drawn).map(([name, argument]) => [
        name,
        withArrays(argument, (array) => toEnds(array, spec.inputs[name]!, power, draws)),
      ]);
      return {
        name: `scale ${power}, draw ${index}`,
        inputs: Object.fromEntries(entries) as Inputs,
      };
    }),
  );
}

function toEnds(
  array: NDArray,
  { kind, structure }: InputSpec,
  power: number,
  draws: ReturnType<typeof stream>,
): NDArray {
  // Elements taken to the ends one by one would break what they are to one another.
  if (structure !== undefined) return array;
  const { shape, data } = array;
  const moved = (element: number): number => {
    switch (kind) {
      case 'real':
      case 'positive':
      case 'non-negative':
        return scaled(element, power);
      case 'log-probability':
        return Math.min(0, scaled(element, power));
      case 'unit':
        return draws.pick(ENDS);
      default:
        return element;
    }
  };
  return { shape, data: data.map(moved) };
}

/** An element of moderate size times a power of two, never 0 or Infinity. */
function scaled(element: number, power: number): number {
  const size = Math.min(Math.max(Math.abs(element), 2 ** -4), 2 ** 4);
  return (element < 0 ? -1 : 1) * size * 2 ** power;
}
