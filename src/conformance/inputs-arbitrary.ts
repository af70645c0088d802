import fc from 'fast-check';
import { type Generator, type GeneratorOptions, generatorOf } from './generate/index.js';
import { smaller } from './smaller/index.js';
import type { Inputs, Spec } from './spec.js';

/**
 * The inputs of a formula as a fast-check arbitrary, over the generator and the shrinker that the
 * judge has: every ingredient of the generator has its turn, and what is smaller stays in the
 * domain.
 */
export function inputsArbitrary(
  spec: Spec,
  options: GeneratorOptions = { precision: 'float64' },
): fc.Arbitrary<Inputs> {
  return new InputsArbitrary(spec, options);
}

/** Runs that an index is drawn from: all turns of the ingredients of any contract, many times. */
const RUNS = 2 ** 20;

class InputsArbitrary extends fc.Arbitrary<Inputs> {
  private generator: Generator | undefined;

  constructor(
    private readonly spec: Spec,
    private readonly options: GeneratorOptions,
  ) {
    super();
  }

  override generate(random: fc.Random): fc.Value<Inputs> {
    // Learning the ingredients costs time, and whoever only shrinks generates nothing.
    this.generator ??= generatorOf(this.spec, this.options);
    const inputs = this.generator.draw(random.nextInt(), random.nextInt(0, RUNS - 1));
    return new fc.Value(inputs, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Inputs {
    return typeof value === 'object' && value !== null;
  }

  override shrink(inputs: Inputs): fc.Stream<fc.Value<Inputs>> {
    return fc
      .stream(smaller(this.spec, inputs, this.options.precision))
      .map((value) => new fc.Value(value, undefined));
  }
}
