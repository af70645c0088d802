import type { KindMeaning } from './kind.js';

/*
 * Arguments that are no numbers: a word for an option, the shape of an array, a function.
 */

const noNumber = (): boolean => false;

export const choice: KindMeaning = {
  words: 'an option',
  contains: noNumber,
  exact: true,
  // A word for a truth value is as good as true in most languages.
  forbidden: ({ choices = [] }) =>
    choices.every((option) => typeof option === 'boolean') ? [] : ['nonsense'],
};

export const lengths: KindMeaning = {
  words: 'the lengths of the axes of an array',
  contains: (value) => Number.isInteger(value) && value >= 1,
  parameter: {
    vector: (draws) => [draws.integer(1, 12)],
    matrix: (draws) => [draws.integer(1, 8), draws.integer(1, 8)],
    tensor: (draws) => [draws.integer(1, 4), draws.integer(1, 4), draws.integer(1, 4)],
  },
  exact: true,
  forbidden: () => [],
};

export const functionName: KindMeaning = {
  words: 'the id of a function of chapter calculus',
  contains: noNumber,
  exact: true,
  forbidden: () => ['calculus/nonsense'],
};
