import type { StructureMeaning } from './structure.js';

export const steps: StructureMeaning = {
  words: 'one after another along the first axis',
  degenerates: true,
};
