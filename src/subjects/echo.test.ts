import { expect, it } from 'vitest';
import { echoDifference, echoQuestion, readEcho } from './echo.js';

const precisions = ['float64', 'float32', 'float16', 'bfloat16'] as const;

it.each(precisions)('an echo that comes back as it went is no difference in %s', (dtype) => {
  for (const encoding of ['list', 'base64'] as const) {
    const echoed = readEcho(echoQuestion(dtype, encoding), encoding);
    expect(echoDifference(dtype, echoed)).toBeUndefined();
  }
});

it('tells what was bent first', () => {
  const { array, numbers } = readEcho(echoQuestion('float64', 'list'), 'list');
  const { shape, data } = array;
  const bent = (change: object) => echoDifference('float64', { array, numbers, ...change });
  expect(bent({ array: { shape: [5, 3], data } })).toBe(
    'an array of shape [3, 5] came back with shape [5, 3]',
  );
  expect(bent({ numbers: numbers.slice(1) })).toBe('15 numbers came back as 14');
  expect(bent({ array: { shape, data: data.map((value) => value + 0) } })).toBe(
    '-0 in an array of float64 came back as 0',
  );
  expect(bent({ numbers: numbers.map((value, i) => (i === 2 ? 0 : value)) })).toBe(
    'the number NaN came back as 0',
  );
  expect(bent({ numbers: numbers.map((value, i) => (i === 2 ? 'nan' : value)) })).toBe(
    'the number NaN came back as the text "nan"',
  );
});
