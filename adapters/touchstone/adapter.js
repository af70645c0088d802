/*
 * Touchstone's own references as a subject: the shortest module there is, and the one that
 * every check must acquit. `npx touchstone check adapters/touchstone/adapter.js`
 */
import { kernel, listFormulas, loadFormula } from 'touchstone';

const draws = kernel.stream('touchstone');
const formulas = await Promise.all(listFormulas().map(loadFormula));

export default {
  name: 'touchstone',
  version: '0.1.0',
  dtype: 'float64',
  arrays: 'typed',
  functions: 'id',
  formulas: Object.fromEntries(formulas.map(({ id, reference }) => [id, reference])),
  gradients: Object.fromEntries(
    formulas.filter(({ gradient }) => gradient).map(({ id, gradient }) => [id, gradient]),
  ),
  samples: Object.fromEntries(
    formulas
      .filter(({ sampling }) => sampling)
      .map(({ id, sampling }) => [id, (inputs) => sampling.sample(inputs, draws)]),
  ),
};
