import type { Formula } from '../catalog.js';
import type { Alternatives, Mistake } from '../conformance/law.js';
import type { Gradient, Inputs, Value } from '../conformance/spec.js';
import type { Subject } from '../conformance/subject.js';
import { type NDArray, type Precision, roundTo } from '../kernel/index.js';
import { directSubject } from './direct.js';

/*
 * What the suite knows to be right or wrong, as subjects: so that its checks can be tried on
 * the reference, on other right ways to compute a formula, and on its known mistakes.
 */

type Compute = (inputs: Inputs) => Value;
type ComputeGradient = (inputs: Inputs, cotangent: Value) => Gradient;

/** The reference itself. Whatever rejects it is broken. */
export function referenceSubject(formula: Formula, dtype: Precision = 'float64'): Subject {
  return subjectOf(
    formula,
    `the reference of ${formula.id}`,
    formula.reference,
    formula.gradient,
    dtype,
  );
}

/** Another right way to compute the value, behind the reference's demands. */
export function alternativeSubject(
  formula: Formula,
  name: string,
  compute: Alternatives[string],
  dtype: Precision = 'float64',
): Subject {
  return subjectOf(formula, name, guarded(formula, compute), undefined, dtype);
}

/**
 * A known mistake, in the value or in the gradient; the other one is the reference's. It stands
 * behind the reference's demands, so that it is caught for what it computes, unless what it
 * gets wrong is the demands.
 */
export function mistakeSubject(formula: Formula, name: string, mistake: Mistake): Subject {
  const { compute, gradient, unguarded } = mistake;
  const value = compute === undefined ? formula.reference : compute;
  return subjectOf(
    formula,
    name,
    unguarded === true ? value : guarded(formula, value),
    gradient ?? formula.gradient,
    'float64',
  );
}

function guarded(formula: Formula, compute: Compute): Compute {
  return (inputs) => {
    formula.reference(inputs);
    return compute(inputs);
  };
}

function subjectOf(
  { id }: Formula,
  name: string,
  value: Compute,
  gradient: ComputeGradient | undefined,
  dtype: Precision,
): Subject {
  return directSubject({
    name,
    formulas: { [id]: (inputs: Inputs) => inPrecision(dtype, value(inputs)) },
    gradients:
      gradient === undefined
        ? {}
        : {
            [id]: (inputs: Inputs, cotangent: Value) =>
              Object.fromEntries(
                Object.entries(gradient(inputs, cotangent)).map(([input, array]) => [
                  input,
                  inPrecision(dtype, array) as NDArray,
                ]),
              ),
          },
    dtype,
  });
}

/** An answer as the format holds it: rounded once, at the end. */
function inPrecision(dtype: Precision, value: Value): Value {
  if (dtype === 'float64') return value;
  if (typeof value === 'number') return roundTo(dtype, value);
  return { shape: value.shape, data: value.data.map((element) => roundTo(dtype, element)) };
}
