import { maskStyles } from '../generate/masks.js';
import type { StructureMeaning } from './structure.js';

/** How often nobody may look anywhere. */
const RARELY = 0.04;

export const masks: StructureMeaning = {
  words: '1 where to look, 0 where not to',
  draw: ({ name, chooser, shape }) => {
    for (const [rare, draw] of Object.entries(maskStyles.rare)) {
      if (chooser.sometimes(`${name}: ${rare}`, RARELY)) return draw(chooser.draws, shape);
    }
    return chooser.choose(name, maskStyles.usual)(chooser.draws, shape);
  },
};
