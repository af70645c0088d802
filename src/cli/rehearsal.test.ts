import { expect, it } from 'vitest';
import { loadFormula } from '../catalog.js';
import { rehearse } from './rehearsal.js';

const options = { seed: 1, strict: false };

it('ends as soon as it is enough, and by itself', async () => {
  const formula = await loadFormula('activations/relu');
  let asked = 0;
  await rehearse(formula, options, () => ++asked === 3);
  expect(asked).toBe(3);
  asked = 0;
  await rehearse(formula, options, () => {
    asked++;
    return false;
  });
  expect(asked).toBeGreaterThan(50);
});
