import type { InputSpec, Inputs, Spec } from '../spec.js';
import type { ArrayContext } from './context.js';

/** The special values of an input, those that a hyper-parameter names looked up. */
export function specialsOf(
  { inputs }: Spec,
  { special: specials }: InputSpec,
  drawn: Inputs,
): readonly number[] {
  if (specials === undefined) return none;
  return specials.map((special) =>
    typeof special === 'number' ? special : Number(drawn[special] ?? inputs[special]!.default),
  );
}

const none: readonly number[] = [];

/** What an ingredient is called: a special value somewhere, and one everywhere. */
type Labels = readonly (readonly [some: string, everywhere: string])[];

const known = new WeakMap<InputSpec, Labels>();

function labelsOf(name: string, input: InputSpec): Labels {
  let labels = known.get(input);
  if (labels === undefined) {
    labels = input.special!.map((value) => [`${name}: ${value}`, `${name}: ${value} everywhere`]);
    known.set(input, labels);
  }
  return labels;
}

/** The array with some of its elements special; itself where none is. */
export function withSpecials(
  drawn: Float64Array,
  { chooser, name, input }: ArrayContext,
  specials: readonly number[],
  finite: boolean,
): Float64Array {
  let data = drawn;
  for (let i = 0; i < specials.length; i++) {
    const special = specials[i]!;
    if (finite && !Number.isFinite(special)) continue;
    const [some, all] = labelsOf(name, input)[i]!;
    const everywhere = chooser.sometimes(all, 0.006);
    if (!chooser.sometimes(some, 0.025) && !everywhere) continue;
    if (data.length === 0) continue;
    data = data.slice();
    for (let k = 0; k < data.length; k++) {
      if (everywhere || chooser.draws.chance(0.2)) data[k] = special;
    }
    data[chooser.draws.integer(0, data.length - 1)] = special;
  }
  return data;
}
