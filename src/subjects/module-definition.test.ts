import { expect, it } from 'vitest';
import { defineModule } from './module-definition.js';

const huber = () => 0;
const formulas = { 'losses/huber': huber };

it('a module may say little', () => {
  expect(defineModule({ formulas }, './mine.js')).toEqual({
    description: {
      name: './mine.js',
      version: 'unversioned',
      language: 'JavaScript',
      dtypes: ['float64'],
      formulas: ['losses/huber'],
      gradients: [],
      samples: [],
      variants: {},
    },
    arrays: 'nested',
    functions: 'callable',
    formulas,
    gradients: {},
    samples: {},
  });
});

it('a module may say all', () => {
  const { description, arrays } = defineModule(
    {
      name: 'mine',
      version: '2.1.0',
      dtype: ['float32', 'float64'],
      arrays: 'typed',
      variants: { 'losses/huber': 'sum' },
      gradients: formulas,
      samples: formulas,
    },
    './mine.js',
  );
  expect(description).toMatchObject({
    name: 'mine',
    version: '2.1.0',
    dtypes: ['float32', 'float64'],
    formulas: [],
    gradients: ['losses/huber'],
    samples: ['losses/huber'],
    variants: { 'losses/huber': 'sum' },
  });
  expect(arrays).toBe('typed');
});

it.each([
  [undefined, 'the default export must be an object, got undefined'],
  [null, 'the default export must be an object, got null'],
  [[], 'the default export must be an object, got a list of 0'],
  [
    { formulae: formulas },
    'fields must be among name, version, dtype, arrays, functions, variants, formulas, gradients, samples, got formulae',
  ],
  [{ formulas, arrays: 'flat' }, `arrays must be 'nested' or 'typed', got the text "flat"`],
  [
    { formulas, functions: 'names' },
    "functions must be 'callable' or 'id', got the text \"names\"",
  ],
  [{}, "formulas must offer at least one, such as { 'losses/huber': huber }, got none"],
  [{ formulas: 3 }, 'formulas must be an object, got 3'],
  [{ formulas: { 'losses/huber': 3 } }, 'formulas of losses/huber must be a function, got 3'],
  [{ formulas, name: '' }, 'name must be a text, got the text ""'],
  [{ formulas, version: 2 }, 'version must be a text, got 2'],
  [{ formulas, variants: { 'losses/huber': 1 } }, 'variants of losses/huber must be a text, got 1'],
  [{ formulas, dtype: [] }, 'dtype must name a format, got none'],
  [
    { formulas, dtype: 'double' },
    'dtype must be float64, float32, float16 or bfloat16, got the text "double"',
  ],
])('%o is no module to be judged', (exported, message) => {
  expect(() => defineModule(exported, './mine.js')).toThrow(`subject: ${message}`);
});
