import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionName, loadFormula } from '../src/catalog.js';
import {
  decodeGradient,
  decodeInputs,
  decodeValue,
  type Encoded,
} from '../src/conformance/golden.js';
import { judge, type Question } from '../src/conformance/judge/index.js';
import type { Gradient, Inputs, Value } from '../src/conformance/spec.js';
import { sigmoid, sigmoidGradient } from '../src/formulas/activations/sigmoid.js';
import {
  binaryCrossEntropy,
  binaryCrossEntropyGradient,
} from '../src/formulas/losses/binary-cross-entropy.js';
import { halfMse, halfMseGradient } from '../src/formulas/losses/half-mse.js';
import { matrix, type NDArray, vector } from '../src/kernel/index.js';

/*
 * What the source documents print, cell by cell, reproduced by the references.
 */

interface Cell {
  readonly cell: number | string;
  readonly formula: string;
  readonly printed?: string;
  readonly inputs: Readonly<Record<string, Encoded>>;
  readonly output: Encoded;
  readonly gradient?: Readonly<Record<string, Encoded>>;
  /** The output is that of the elementwise derivative. */
  readonly derivative?: boolean;
}

function read<Content>(name: string): Content {
  return JSON.parse(
    readFileSync(new URL(`notebooks/${name}.json`, import.meta.url), 'utf8'),
  ) as Content;
}

/** Holds a document's value to the budget of the formula: it was rounded by other code than ours. */
async function hold(
  id: string,
  inputs: Inputs,
  compute: Question['reference'],
  theirs: Value | Gradient,
) {
  const { spec } = await loadFormula(id);
  const question: Question = {
    reference: compute,
    inputs,
    inputSpecs: spec.inputs,
    precision: 'float64',
    strict: false,
    scale: spec.scale,
    kinks: true,
  };
  expect(judge(question, theirs).message, id).toBeUndefined();
}

describe.each(['000-ml-formulas', '001-forward-pass', '003-loss-functions'])(
  'document %s',
  (name) => {
    const { cells } = read<{ cells: Cell[] }>(name);

    it.each(cells.map((cell) => [cell.cell, cell.formula, cell] as const))(
      'cell %s: %s',
      async (_, id, cell) => {
        const formula = await loadFormula(id);
        const inputs = decodeInputs(formula.spec, cell.inputs);
        const module = (await import(/* @vite-ignore */ `../src/formulas/${id}.ts`)) as Record<
          string,
          (inputs: Inputs) => Value
        >;
        const compute = cell.derivative
          ? module[`${functionName(id)}Derivative`]!
          : formula.reference;
        await hold(id, inputs, compute, decodeValue(formula.spec, cell.output));
        if (cell.gradient !== undefined) {
          await hold(
            id,
            inputs,
            (moved) => formula.gradient!(moved),
            decodeGradient(cell.gradient),
          );
        }
        if (cell.printed?.startsWith('[[')) {
          expect(asNumpyPrints(compute(inputs) as NDArray)).toBe(numbersOf(cell.printed));
        }
      },
    );
  },
);

/** The numbers of a printed array, to the eight decimals that NumPy shows. */
function numbersOf(printed: string): string {
  return [...printed.matchAll(/-?\d+\.?\d*/g)]
    .map(([number]) => Number(number).toFixed(8))
    .join(' ');
}

function asNumpyPrints({ data }: NDArray): string {
  return [...data].map((value) => value.toFixed(8)).join(' ');
}

// ---- the two models that the calculus notebook trains -----------------------------------

interface Model {
  readonly X: number[][];
  readonly Y: number[][];
  readonly random: { printed: string; w: number[][]; loss: number };
  readonly step: {
    printed: string;
    w: number[][];
    before: number;
    after: number;
    gradientW: number[][];
    gradientB: number[][];
  };
  readonly training: { printed: string; w: number[][]; losses: number[] };
}

interface Parameters {
  readonly w: readonly number[];
  readonly b: number;
}

/** The loss of a model at its parameters, and the gradient of the loss with respect to its score. */
type Loss = (scores: NDArray) => { loss: number; slope: NDArray };

function scoresOf({ X }: Model, { w, b }: Parameters): NDArray {
  return vector(...X[0]!.map((_, i) => w.reduce((sum, weight, k) => sum + weight * X[k]![i]!, b)));
}

function gradientOf({ X }: Model, slope: NDArray): Parameters {
  return {
    w: X.map((row) => row.reduce((sum, x, i) => sum + x * slope.data[i]!, 0)),
    b: slope.data.reduce((sum, value) => sum + value, 0),
  };
}

function descend(model: Model, parameters: Parameters, loss: Loss): Parameters {
  const gradient = gradientOf(model, loss(scoresOf(model, parameters)).slope);
  return {
    w: parameters.w.map((weight, k) => weight - 0.1 * gradient.w[k]!),
    b: parameters.b - 0.1 * gradient.b,
  };
}

const notebook = read<{ regression: Model; classification: Model }>('004-calculus');
const regressionTarget = matrix(...notebook.regression.Y);
const classes = matrix(...notebook.classification.Y);

const models: readonly (readonly [string, Model, Loss])[] = [
  [
    'linear neuron with half the mean squared error',
    notebook.regression,
    (scores) => {
      const x = {
        prediction: { ...scores, shape: regressionTarget.shape },
        target: regressionTarget,
      };
      return { loss: halfMse(x), slope: halfMseGradient(x).prediction };
    },
  ],
  [
    'sigmoid neuron with binary cross-entropy',
    notebook.classification,
    (scores) => {
      const x = { ...scores, shape: classes.shape };
      const asked = { probability: sigmoid({ x }), target: classes };
      const { probability } = binaryCrossEntropyGradient(asked);
      return { loss: binaryCrossEntropy(asked), slope: sigmoidGradient({ x }, probability).x };
    },
  ],
];

describe.each(models)('calculus notebook: %s', (_, model, loss) => {
  const lossAt = (parameters: Parameters): number => loss(scoresOf(model, parameters)).loss;

  it('has the printed loss for random weights', () => {
    const value = lossAt({ w: model.random.w[0]!, b: 0 });
    expect(value).toBeCloseTo(model.random.loss, 13);
    expect(model.random.printed).toContain(value.toFixed(2));
  });

  it('has the printed losses before and after one step', () => {
    const start = { w: model.step.w[0]!, b: 0 };
    const gradient = gradientOf(model, loss(scoresOf(model, start)).slope);
    gradient.w.forEach((slope, k) => {
      expect(slope).toBeCloseTo(model.step.gradientW[0]![k]!, 13);
    });
    expect(gradient.b).toBeCloseTo(model.step.gradientB[0]![0]!, 13);
    expect(lossAt(start)).toBeCloseTo(model.step.before, 13);
    expect(lossAt(descend(model, start, loss))).toBeCloseTo(model.step.after, 13);
  });

  it('has every loss of the training', () => {
    let parameters: Parameters = { w: model.training.w[0]!, b: 0 };
    for (const [iteration, theirs] of model.training.losses.entries()) {
      const value = lossAt(parameters);
      expect(value, `iteration ${iteration}`).toBeCloseTo(theirs, 11);
      const printed = new RegExp(`Iter ${iteration} - .*=${value.toFixed(6)}`);
      // The last line prints the loss before the last update (E004-30), so it is not asked.
      const shown = model.training.printed.split('\n').slice(0, -2).join('\n');
      if (shown.includes(`Iter ${iteration} -`)) expect(shown).toMatch(printed);
      parameters = descend(model, parameters, loss);
    }
  });
});
