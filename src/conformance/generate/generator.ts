import { formats, type Stream, stream } from '../../kernel/index.js';
import type { Inputs, Spec } from '../spec.js';
import { Chooser } from './chooser.js';
import { drawInputs, type GeneratorOptions } from './inputs.js';

/** Draws inputs of one formula, in one precision. */
export interface Generator {
  /** Every choice that a draw may make, by name: `prediction: large`, `delta: omitted`. */
  readonly ingredients: readonly string[];
  /** The inputs of run number `index`, the same for ever for the same seed. */
  draw(seed: number, index: number): Inputs;
}

/** Two runs in three are forced to use one ingredient, in turn; the third is left free. */
const FORCED = [true, true, false];
/** Dry draws after which the ingredients count as known: each has one chance in ten at least. */
const DRY_DRAWS = 100;

/** Generators are asked for by many checks and subjects, and learning the ingredients costs time. */
const known = new WeakMap<Spec, Map<string, Generator>>();

export function generatorOf(spec: Spec, options: GeneratorOptions): Generator {
  const key = `${options.precision}/${options.finite}`;
  const generators = known.get(spec) ?? new Map<string, Generator>();
  known.set(spec, generators);
  let generator = generators.get(key);
  if (generator === undefined) {
    generator = remembering(newGenerator(spec, options));
    generators.set(key, generator);
  }
  return generator;
}

/** Keeps the inputs of the last seed: every check of a formula asks for the same. */
function remembering({ ingredients, draw }: Generator): Generator {
  let remembered: number | undefined;
  const drawn = new Map<number, Inputs>();
  return {
    ingredients,
    draw(seed, index) {
      if (seed !== remembered) drawn.clear();
      remembered = seed;
      const inputs = drawn.get(index) ?? draw(seed, index);
      drawn.set(index, inputs);
      return inputs;
    },
  };
}

function newGenerator(spec: Spec, options: GeneratorOptions): Generator {
  const ingredients = ingredientsOf(spec, options);
  return {
    ingredients,
    draw(seed, index) {
      const round = Math.floor(index / FORCED.length) * 2 + (index % FORCED.length);
      const forced = FORCED[index % FORCED.length]
        ? ingredients[round % ingredients.length]
        : undefined;
      const key = `${seed}/${spec.id}/${index}`;
      return askedAbout(spec, options, (attempt) => {
        const draws = stream(attempt === 0 ? key : `${key}/${attempt}`);
        // The ingredient may be one that is never asked about.
        return new Chooser(draws, attempt < FORCED_ATTEMPTS ? forced : undefined);
      });
    },
  };
}

/** What dry draws meet of choices, in the order of their names. */
function ingredientsOf(spec: Spec, options: GeneratorOptions): readonly string[] {
  const met = new Set<string>();
  const draws = stream(`${spec.id}/dry`);
  for (let dry = 0; dry < DRY_DRAWS; dry++) {
    drawInputs(spec, new Chooser(draws, undefined, met), options);
  }
  return [...met].sort();
}

/** One free draw, for whoever brings a stream of their own. */
export function drawOnce(
  spec: Spec,
  draws: Stream,
  options: GeneratorOptions = { precision: 'float64' },
): Inputs {
  return askedAbout(spec, options, () => new Chooser(draws));
}

/** Draws that an ingredient is forced in before its turn is given up. */
const FORCED_ATTEMPTS = 8;
/** Draws after which a contract counts as one that asks about nothing. */
const MOST_ATTEMPTS = 1000;

/** Draws until the contract asks about what was drawn. */
function askedAbout(
  spec: Spec,
  options: GeneratorOptions,
  chooserOf: (attempt: number) => Chooser,
): Inputs {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const inputs = drawInputs(spec, chooserOf(attempt), options);
    if (spec.asks?.(inputs, formats[options.precision]) !== false) return inputs;
  }
  throw new Error(`generate: ${spec.id} must ask about something, got ${MOST_ATTEMPTS} refusals`);
}
