import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.js';

const ids = ['losses/huber', 'losses/mean-squared-error', 'activations/log-sigmoid'];

describe('nearest', () => {
  it.each([
    ['losses/hubre', 'losses/huber'],
    ['huber', 'losses/huber'],
    ['loss/huber', 'losses/huber'],
    ['losses/meanSquaredError', 'losses/mean-squared-error'],
    ['losses/mean_squared_error', 'losses/mean-squared-error'],
    ['logsigmoid', 'activations/log-sigmoid'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearest(word, ids)).toBe(meant);
  });

  it.each(['optimisers/adam', 'x', ''])('takes %j for nothing', (word) => {
    expect(nearest(word, ids)).toBeUndefined();
  });
});
