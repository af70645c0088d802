import { Bench } from 'tinybench';
import { type Formula, listFormulas, loadFormula, matchFormulas } from '../src/catalog.js';
import { generatorOf } from '../src/conformance/generate/index.js';
import type { Inputs } from '../src/conformance/spec.js';
import { allArrays } from '../src/conformance/values.js';
import { canGrow, enlarged } from './inputs.js';

/** Elements of an array, small as in a check and large as in a training step. */
const SIZES = [64, 65_536];

/** Nanoseconds an element of every reference and its gradient, small and large. */
export async function benchFormulas(patterns: readonly string[]): Promise<void> {
  const ids = patterns.length === 0 ? listFormulas() : matchFormulas(patterns);
  const heading = ['nanoseconds an element', 'value', 'gradient'];
  console.log(
    row(
      heading[0]!,
      SIZES.flatMap((size) => heading.slice(1).map((h) => `${h} ${size}`)),
    ),
  );
  for (const id of ids) {
    const formula = await loadFormula(id);
    const cells: string[] = [];
    for (const size of SIZES) cells.push(...(await timed(formula, size)));
    console.log(row(id, cells));
  }
}

async function timed(formula: Formula, size: number): Promise<string[]> {
  const { spec, reference, gradient } = formula;
  if (size > 64 && !canGrow(spec)) return ['–', '–'];
  const inputs = enlarged(spec, typicalInputs(formula), size);
  const elements = Math.max(...allArrays(inputs).map(({ data }) => data.length));
  const bench = new Bench({ time: 40, warmupTime: 10 });
  bench.add('value', () => void reference(inputs));
  if (gradient !== undefined) bench.add('gradient', () => void gradient(inputs));
  await bench.run();
  const cells = bench.tasks.map(({ result }) => {
    if (!('latency' in result)) return 'failed';
    return ((result.latency.p50 * 1e6) / elements).toFixed(1);
  });
  return gradient === undefined ? [...cells, '–'] : cells;
}

/** The draw with the most elements among the first: large enough that calls are not all overhead. */
function typicalInputs({ spec }: Formula): Inputs {
  const generator = generatorOf(spec, { precision: 'float64', finite: true });
  const elements = (inputs: Inputs): number =>
    allArrays(inputs).reduce((total, { data }) => total + data.length, 0);
  let largest = generator.draw(1, 0);
  for (let i = 1; i < 60; i++) {
    const inputs = generator.draw(1, i);
    if (elements(inputs) > elements(largest)) largest = inputs;
  }
  return largest;
}

function row(label: string, cells: readonly string[]): string {
  return label.padEnd(40) + cells.map((cell) => cell.padStart(16)).join('');
}
