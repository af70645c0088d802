import { expect, test } from 'vitest';
import { matrix, vector } from '../kernel/index.js';
import { decodeGradient, decodeInputs, decodeValue } from './golden.js';
import { specNamed } from './specs.fixture.js';

test('arrays are nested lists, with words for the numbers that JSON lacks', () => {
  const inputs = {
    logits: [
      [1, '-0'],
      ['NaN', '-Infinity'],
    ],
    target: [0, 1],
    weight: [1, 'Infinity'],
  };
  expect(decodeInputs(specNamed('classifier'), inputs)).toEqual({
    logits: matrix([1, -0], [Number.NaN, -Infinity]),
    target: vector(0, 1),
    weight: vector(1, Infinity),
  });
});

test('hyper-parameters are numbers, words of a choice and truth values', () => {
  const inputs = { x: [1], reduction: 'NaN', unbiased: false };
  expect(decodeInputs(specNamed('choices'), inputs)).toEqual({ ...inputs, x: vector(1) });
  expect(decodeInputs(specNamed('pair-at-seam'), { delta: 'Infinity' })).toEqual({
    delta: Infinity,
  });
});

test('an output is a number or an array, as the contract says', () => {
  const scalar = specNamed('real-pair');
  expect(decodeValue(scalar, '-0')).toBe(-0);
  const array = { ...scalar, output: { kind: 'real', shape: 'x' } } as const;
  expect(decodeValue(array, [[1], [2]])).toEqual(matrix([1], [2]));
  expect(decodeGradient({ x: [1, 'NaN'] })).toEqual({ x: vector(1, Number.NaN) });
});

test.each(['nan', 'inf', '1', 'constructor', '', true])('%j is no number', (word) => {
  expect(() => decodeInputs(specNamed('real-vector'), { x: [word] })).toThrow(
    `golden: numbers must be numbers, got ${word}`,
  );
});

test('inputs that the formula does not have are an error', () => {
  expect(() => decodeInputs(specNamed('real-vector'), { X: [1] })).toThrow(
    'golden: input must be of test/real-vector, got X',
  );
});
