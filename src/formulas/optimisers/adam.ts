import {
  complementOfPower,
  type NDArray,
  nextStep,
  requireNonEmpty,
  requireNonNegative,
  requireNumber,
  requireOnePerColumn,
  requirePositive,
  requireRank,
  rounded,
  sqrt,
} from '../../kernel/index.js';

export interface AdamInputs {
  /** Parameters θ₀ before the first step. */
  readonly parameters: NDArray;
  /** Gradients g: a row for each step, a column for each parameter. */
  readonly gradients: NDArray;
  /** Learning rate η: about how far a step goes, at least 0. */
  readonly learningRate?: number;
  /** Share β₁ of the mean gradient that is kept at each step, in [0, 1). */
  readonly beta1?: number;
  /** Share β₂ of the mean square that is kept at each step, in [0, 1). */
  readonly beta2?: number;
  /** Added to the root so that no gradient at all divides by 0; positive. */
  readonly epsilon?: number;
}

/** One parameter, and what Adam remembers of its gradients. */
export interface AdamState {
  readonly parameter: number;
  /** m, the running mean of the gradient. */
  readonly mean: number;
  /** v, the running mean of its square. */
  readonly meanSquare: number;
  /** t, the number of steps taken. */
  readonly time: number;
}

/** What stays the same along a trajectory. */
export type AdamRates = Required<Omit<AdamInputs, 'parameters' | 'gradients'>>;

/**
 * **Adam**, adaptive moment estimation: steps of about one length, whatever the gradients' size.
 *
 * $$
 * \begin{aligned}
 *   m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
 *   v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2 \\
 *   \theta_t &= \theta_{t-1} - \eta \frac{\hat{m}_t}{\sqrt{\hat{v}_t} + \epsilon}
 *   \qquad \hat{m}_t = \frac{m_t}{1 - \beta_1^t}
 *   \qquad \hat{v}_t = \frac{v_t}{1 - \beta_2^t}
 * \end{aligned}
 * $$
 *
 * Both running means begin at 0, which would hold them back for about 1/(1 − β) steps: divided by
 * the share of their weights that has been given out, they are means of the gradients so far, and
 * the first step is η in the direction of the sign. The square of a gradient above 10¹⁵⁴
 * overflows, and its parameter stops.
 *
 * Unit: that of `parameters`, and so of `learningRate`; `epsilon` has that of `gradients`.
 *
 * @returns The parameters after each step, an array of the shape of `gradients`.
 * @throws FormulaError `shape` if `gradients` are not a matrix with a column for each parameter.
 * @throws FormulaError `domain` if `learningRate` is negative, `epsilon` is not positive, either
 *   is infinite, or `beta1` or `beta2` is not in [0, 1).
 * @throws FormulaError `empty` if there are no parameters or no steps.
 * @see D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR (2015),
 *   Algorithm 1
 * @example
 * adam({ parameters: vector(1, 1), gradients: matrix([1, -8], [0, 0]), learningRate: 0.5, beta1: 0, epsilon: 1 }); // → [[0.75, 1.4444444444444444], [0.75, 1.4444444444444444]]
 */
export function adam({
  parameters,
  gradients,
  learningRate = 1e-3,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
}: AdamInputs): NDArray {
  requireNonEmpty('adam', { parameters, gradients });
  requireRank('adam', 2, { gradients });
  requireOnePerColumn('adam', { gradients }, { parameters });
  requireNonNegative('adam', { learningRate });
  requirePositive('adam', { epsilon });
  requireNumber('adam', { beta1, beta2 }, 'lie in [0, 1)', (beta) => beta >= 0 && beta < 1);

  const rates = { learningRate, beta1, beta2, epsilon };
  const states = Array.from(parameters.data, atRest);
  const trajectory = new Float64Array(gradients.data.length);
  for (let start = 0; start < trajectory.length; start += states.length) {
    nextStep();
    for (let i = 0; i < states.length; i++) {
      states[i] = adamStep(states[i]!, gradients.data[start + i]!, rates);
      trajectory[start + i] = states[i]!.parameter;
    }
  }
  return { shape: gradients.shape, data: trajectory };
}

function atRest(parameter: number): AdamState {
  return { parameter, mean: 0, meanSquare: 0, time: 0 };
}

/** One step of {@link adam} for one parameter: each is alone with its own history. */
export function adamStep(
  { parameter, mean, meanSquare, time }: AdamState,
  gradient: number,
  { learningRate, beta1, beta2, epsilon }: AdamRates,
): AdamState {
  const t = time + 1;
  const m = rounded(beta1 * mean + (1 - beta1) * gradient);
  const v = rounded(beta2 * meanSquare + (1 - beta2) * gradient * gradient);
  const unbiasedMean = m / complementOfPower(beta1, t);
  const unbiasedSquare = v / complementOfPower(beta2, t);
  const step = (learningRate * unbiasedMean) / (sqrt(unbiasedSquare) + epsilon);
  return { parameter: rounded(parameter - step), mean: m, meanSquare: v, time: t };
}
