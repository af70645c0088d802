import { maskStyles } from '../generate/masks.js';
import type { StructureMeaning } from './structure.js';

/** How often somebody may look nowhere. */
const RARELY = 0.08;

export const masks: StructureMeaning = {
  words: '1 where to look, 0 where not to',
  draw: ({ name, chooser, shape }) => {
    const blind = chooser.sometimes(`${name}: nowhere to look`, RARELY);
    const style = blind
      ? chooser.choose(`${name} blind`, maskStyles.rare)
      : chooser.choose(name, maskStyles.usual);
    return style(chooser.draws, shape);
  },
};
