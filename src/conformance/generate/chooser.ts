import type { Stream } from '../../kernel/index.js';

/** Options by name, of which one is taken. */
export type Options<Option> = Readonly<Record<string, Option>>;

/** Makes the choices of one draw: at random, but for the one that is forced. */
export class Chooser {
  /**
   * @param forced The ingredient whose turn it is: `prediction: large`.
   * @param met Collects the ingredients that a draw may use.
   */
  constructor(
    readonly draws: Stream,
    private readonly forced?: string,
    private readonly met?: Set<string>,
  ) {}

  /** `behind` is the label of the choice that the option `free` leads to: its turn needs that one. */
  choose<Option>(label: string, options: Options<Option>, behind?: string): Option {
    const names = namesOf(options);
    const { met } = this;
    if (met !== undefined) for (const name of names) met.add(`${label}: ${name}`);
    return this.forcedOf(label, options, behind) ?? options[this.draws.pick(names)]!;
  }

  private forcedOf<Option>(
    label: string,
    options: Options<Option>,
    behind: string | undefined,
  ): Option | undefined {
    const { forced } = this;
    if (forced === undefined) return undefined;
    if (behind !== undefined && isOption(forced, behind)) return options.free;
    return isOption(forced, label) ? options[forced.slice(label.length + 2)] : undefined;
  }

  /** True if the ingredient whose turn it is says how to make an argument, which so must be there. */
  isTurnOf(argument: string): boolean {
    return this.forced !== undefined && isOption(this.forced, argument);
  }

  /** True with the given probability, or because it is the run's turn. */
  sometimes(ingredient: string, probability: number): boolean {
    this.met?.add(ingredient);
    return this.draws.chance(probability) || ingredient === this.forced;
  }
}

const known = new WeakMap<object, readonly string[]>();

function namesOf(options: object): readonly string[] {
  const before = known.get(options);
  if (before !== undefined) return before;
  const names = Object.keys(options);
  known.set(options, names);
  return names;
}

/** True for `label: option`, without a string in between. */
function isOption(ingredient: string, label: string): boolean {
  return ingredient.startsWith(label) && ingredient.startsWith(': ', label.length);
}
