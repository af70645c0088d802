import { describe, expect, test } from 'vitest';
import { matrix, vector } from '../kernel/index.js';
import { plainInputs, renderCall, renderValue } from './render.js';
import type { Call } from './subject.js';

const call: Call = {
  formula: 'losses/binary-cross-entropy',
  operation: 'value',
  inputs: {
    probability: matrix([0.1, -0], [Number.NaN, 1e-300]),
    target: vector(Infinity, -Infinity),
    scale: 2,
    reduction: 'mean',
    clipped: true,
    summed: false,
  },
};

describe('calls', () => {
  test('are JavaScript where the subject is', () => {
    const expected =
      "formulas['losses/binary-cross-entropy']({ probability: [[0.1, -0.0], [NaN, 1e-300]], " +
      "target: [Infinity, -Infinity], scale: 2, reduction: 'mean', clipped: true, summed: false })";
    expect(renderCall(call, 'JavaScript')).toBe(expected);
    expect(renderCall(call, 'Rust')).toBe(expected);
  });

  test('are Python with NumPy where the subject is', () => {
    const expected =
      'binary_cross_entropy(probability=np.array([[0.1, -0.0], [np.nan, 1e-300]]), ' +
      "target=np.array([np.inf, -np.inf]), scale=2, reduction='mean', clipped=True, summed=False)";
    expect(renderCall(call, 'Python 3.11')).toBe(expected);
    expect(renderCall(call, 'CPython')).toBe(expected);
  });

  test('of a gradient take the cotangent, a number or an array', () => {
    const gradient: Call = {
      ...call,
      operation: 'gradient',
      inputs: { x: vector(1) },
      cotangent: 3,
    };
    expect(renderCall(gradient, 'JavaScript')).toBe(
      "gradients['losses/binary-cross-entropy']({ x: [1] }, 3)",
    );
    expect(renderCall({ ...gradient, cotangent: vector(-0) }, 'python')).toBe(
      'binary_cross_entropy_gradient(x=np.array([1]), cotangent=np.array([-0.0]))',
    );
  });

  test('in JavaScript give back, when they are run, what was passed', () => {
    let given: unknown;
    const formulas = {
      'losses/binary-cross-entropy': (inputs: unknown) => {
        given = inputs;
      },
    };
    new Function('formulas', renderCall(call, 'JavaScript'))(formulas);
    expect(given).toEqual({
      probability: [
        [0.1, -0],
        [Number.NaN, 1e-300],
      ],
      target: [Infinity, -Infinity],
      scale: 2,
      reduction: 'mean',
      clipped: true,
      summed: false,
    });
  });

  test('keep every digit of a number, and the place of an empty list', () => {
    const exact: Call = { ...call, inputs: { x: vector(0.1 + 0.2), y: vector() } };
    expect(renderCall(exact, 'JavaScript')).toContain('x: [0.30000000000000004], y: []');
  });

  test('of a word with a quote in it can still be pasted', () => {
    const quoted: Call = { ...call, inputs: { mode: "it's" } };
    expect(renderCall(quoted, 'JavaScript')).toContain(String.raw`mode: 'it\'s'`);
  });
});

test('answers are numbers, lists, or arrays by name', () => {
  expect(renderValue(-0)).toBe('-0.0');
  expect(renderValue(matrix([1, Number.NaN]))).toBe('[[1, NaN]]');
  expect(renderValue({ shape: [], data: Float64Array.of(3) })).toBe('3');
  expect(renderValue({ x: vector(1), y: vector(-Infinity) })).toBe('{ x: [1], y: [-Infinity] }');
});

test('arguments are plain JSON, with words for what JSON lacks', () => {
  expect(plainInputs({ delta: Infinity, alpha: -0, gamma: 2 })).toEqual({
    delta: 'Infinity',
    alpha: '-0',
    gamma: 2,
  });
  const plain = plainInputs(call.inputs);
  expect(plain).toEqual({
    probability: [
      [0.1, '-0'],
      ['NaN', 1e-300],
    ],
    target: ['Infinity', '-Infinity'],
    scale: 2,
    reduction: 'mean',
    clipped: true,
    summed: false,
  });
  expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
});
