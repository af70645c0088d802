import { sizeOf } from '../../kernel/index.js';
import type { ArrayContext } from '../generate/context.js';
import { gradientStyles } from '../generate/gradients.js';
import type { StructureMeaning } from './structure.js';

export const steps: StructureMeaning = {
  words: 'one after another along the first axis',
  draw: (context) => {
    const { name, chooser, format, shape } = context;
    const style = chooser.choose(name, gradientStyles);
    const [length = 1] = shape;
    return style(chooser.draws, format, length, sizeOf(shape.slice(1)), decaysOf(context));
  },
  degenerates: true,
};

/** The weights that an average of gradients may give to what was there before. */
function decaysOf({ drawn, specs }: ArrayContext): readonly number[] {
  const weights = Object.entries(specs)
    .filter(([, { kind, shape }]) => kind === 'unit' && shape === undefined)
    .map(([name, { default: usual }]) => Number(drawn[name] ?? usual))
    .filter((weight) => weight > 0 && weight < 1);
  return weights.length > 0 ? weights : [0.9];
}
