import { createRequire } from 'node:module';
import { loadGradients } from './gradients.js';

/*
 * TensorFlow.js on its plain JavaScript backend, which computes in float32, as a subject.
 *
 * Only what the library offers as a function of its own is here, under its own name: a formula
 * put together from its primitives would judge us, not it. Arguments are passed on as they
 * come, and left out where they are left out, so that its defaults are judged too.
 *
 * Not offered, because the library fixes a parameter that the formula has: tf.elu (alpha = 1),
 * tf.softplus (beta = 1), tf.step as the slope of ReLU (0 at zero).
 */

// Imported, the two bundles are read twice, once to find the names they export: 80 ms more.
const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');

// Keeps its greeting off standard error; changes nothing that is computed.
tf.enableProdMode();

/** What the functions below are made of: all gradients would take four times as long to load. */
const gradientsLoaded = loadGradients(tf, require, [
  'Abs',
  'Add',
  'Atan',
  'Exp',
  'LeakyRelu',
  'Log',
  'Log1p',
  'Max',
  'Minimum',
  'Multiply',
  'Neg',
  'RealDiv',
  'Relu',
  'Reshape',
  'Selu',
  'Sigmoid',
  'Softmax',
  'Square',
  'SquaredDifference',
  'Sub',
  'Sum',
  'Tanh',
]);
// Loads while the first values are asked for; if it fails, each gradient that is asked says so.
gradientsLoaded.catch(() => {});

/** By formula: the input that gradients are taken with respect to, and the library's function. */
const offered = {
  'losses/squared-error': [
    'prediction',
    ({ prediction, target }) =>
      tf.losses.meanSquaredError(target, prediction, undefined, tf.Reduction.NONE),
  ],
  'losses/mse': [
    'prediction',
    ({ prediction, target }) => tf.losses.meanSquaredError(target, prediction),
  ],
  'losses/mae': [
    'prediction',
    ({ prediction, target }) => tf.losses.absoluteDifference(target, prediction),
  ],
  'losses/huber': [
    'prediction',
    ({ prediction, target, delta }) => tf.losses.huberLoss(target, prediction, undefined, delta),
  ],
  'losses/binary-cross-entropy': [
    'probability',
    ({ probability, target }) => tf.losses.logLoss(target, probability),
  ],
  'losses/binary-cross-entropy-from-logits': [
    'logits',
    ({ logits, target }) => tf.losses.sigmoidCrossEntropy(target, logits),
  ],
  'losses/cross-entropy-from-logits': ['logits', softmaxCrossEntropy],
  'losses/hinge-loss': [
    'scores',
    // Its labels are 0 and 1, which it "converts to (-1, 1)".
    ({ scores, target }) => tf.losses.hingeLoss(tf.div(tf.add(target, 1), 2), scores),
  ],
  'activations/softmax': ['x', ({ x }) => tf.softmax(x)],
  'activations/log-softmax': ['x', ({ x }) => tf.logSoftmax(x)],
  // Left to itself it reduces every axis; the formula runs along the last.
  'activations/logsumexp': ['x', ({ x }) => tf.logSumExp(x, -1)],
  'activations/sigmoid': ['x', ({ x }) => tf.sigmoid(x)],
  'activations/log-sigmoid': ['x', ({ x }) => tf.logSigmoid(x)],
  'activations/tanh': ['x', ({ x }) => tf.tanh(x)],
  'activations/arctangent': ['x', ({ x }) => tf.atan(x)],
  'activations/relu': ['x', ({ x }) => tf.relu(x)],
  'activations/leaky-relu': ['x', ({ x, alpha }) => tf.leakyRelu(x, alpha)],
  'activations/selu': ['x', ({ x }) => tf.selu(x)],
};

/**
 * It takes labels one-hot, and knows no ignored label: rows that carry it are given the weight
 * 0, and its reduction divides by the number of weights that are not 0.
 */
function softmaxCrossEntropy({ logits, target, labelSmoothing, ignoredLabel = -100 }) {
  const kept = target.dataSync().map((label) => (label === ignoredLabel ? 0 : 1));
  const weights = kept.includes(0) ? tf.tensor(kept, target.shape) : undefined;
  const labels = oneHot(target, ignoredLabel, logits.shape.at(-1));
  return tf.losses.softmaxCrossEntropy(labels, logits, weights, labelSmoothing);
}

/** Written out, because tf.oneHot refuses a single class. */
function oneHot(target, ignoredLabel, classes) {
  const rows = new Float32Array(target.size * classes);
  target.dataSync().forEach((label, row) => {
    if (label === ignoredLabel) return;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new RangeError(`label must be one of ${classes} classes, got ${label}`);
    }
    rows[row * classes + label] = 1;
  });
  return tf.tensor(rows, [...target.shape, classes]);
}

function value(compute) {
  return (inputs) => tf.tidy(() => arrayOf(compute(tensorsOf(inputs))));
}

function gradient(name, compute) {
  return async (inputs, cotangent) => {
    await gradientsLoaded;
    return tf.tidy(() => {
      const tensors = tensorsOf(inputs);
      const slope = tf.grad((moved) => compute({ ...tensors, [name]: moved }));
      return { [name]: arrayOf(slope(tensors[name], tensorOf(cotangent))) };
    });
  };
}

function tensorsOf(inputs) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, argument]) => [
      name,
      typeof argument === 'object' ? tensorOf(argument) : argument,
    ]),
  );
}

function tensorOf(argument) {
  if (typeof argument === 'number') return tf.scalar(argument);
  return tf.tensor(argument.data, argument.shape, 'float32');
}

function arrayOf(tensor) {
  return { shape: tensor.shape, data: tensor.dataSync() };
}

const entries = Object.entries(offered);

export default {
  name: 'TensorFlow.js',
  version: tf.version_core,
  dtype: 'float32',
  arrays: 'typed',
  variants: {
    // "alpha: the scaling factor for negative values, defaults to 0.2."
    'activations/leaky-relu': 'alpha of 0.2 where none is given',
    // "epsilon: a small increment to avoid taking log of zero", 1e-7 unless it is given.
    'losses/binary-cross-entropy': '1e-7 inside the logarithms',
  },
  formulas: Object.fromEntries(entries.map(([id, [, compute]]) => [id, value(compute)])),
  gradients: Object.fromEntries(
    entries.map(([id, [name, compute]]) => [id, gradient(name, compute)]),
  ),
};
