import { meaningOf, type ParameterStyles } from '../kinds/index.js';
import type { Argument, InputSpec } from '../spec.js';
import type { Chooser } from './chooser.js';

/** A hyper-parameter, or undefined to leave the argument out. */
export function drawParameter(
  name: string,
  input: InputSpec,
  chooser: Chooser,
  finite: boolean,
): Argument | undefined {
  const styles = stylesOf(input, finite);
  if (Object.keys(styles).length === 0) {
    throw new Error(`generate: ${name} must have a kind that numbers have, got ${input.kind}`);
  }
  return chooser.choose(name, styles)(chooser.draws);
}

/** The styles of each input, for draws with special values and without. */
const known = new WeakMap<InputSpec, [ParameterStyles?, ParameterStyles?]>();

function stylesOf(input: InputSpec, finite: boolean): ParameterStyles {
  const styles = known.get(input) ?? [];
  known.set(input, styles);
  const place = finite ? 0 : 1;
  styles[place] ??= makeStyles(input, finite);
  return styles[place];
}

function makeStyles(input: InputSpec, finite: boolean): ParameterStyles {
  const { kind, default: usual, choices = [], special = [] } = input;
  const { min = -Infinity, max = Infinity } = input;
  const styles: Record<string, ParameterStyles[string]> = {};
  if (usual !== undefined) styles.omitted = () => undefined;
  for (const choice of choices) styles[String(choice)] = () => choice;
  if (typeof usual === 'number' && choices.length === 0)
    styles.default = () => Math.max(min, Math.min(usual, max));
  for (const [option, draw] of Object.entries(meaningOf(kind).parameter ?? {})) {
    styles[option] = (draws) => {
      const value = draw(draws);
      return typeof value === 'number' ? Math.max(min, Math.min(value, max)) : value;
    };
  }
  for (const value of special) {
    if (!finite || Number.isFinite(value)) styles[String(value)] = () => Number(value);
  }
  return styles;
}
