import pc from 'picocolors';
import { decodeInputs } from '../conformance/golden.js';
import {
  type Argument,
  type Inputs,
  outputsOf,
  type Spec,
  type Value,
} from '../conformance/spec.js';
import type { Call, Outcome, Subject } from '../conformance/subject.js';
import { isArray, isParts, withNumbers } from '../conformance/values.js';
import { enumerate, pad, wrap } from '../reporters/text.js';
import { parseArguments } from './arguments.js';
import { exitCodes } from './exit-codes.js';
import { misspeltFormulas } from './formulas.js';
import { nameSubject, subjectOptionTable } from './subject-options.js';
import { UsageError } from './usage-error.js';
import type { Catalogue, World } from './world.js';

/** What one call of a formula showed. */
interface Finding {
  readonly id: string;
  readonly works: boolean;
  readonly text: string;
}

/** `touchstone doctor`: finds out what keeps a subject from being judged. */
export async function doctor(words: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArguments('doctor', words, subjectOptionTable);
  const catalogue = await world.catalogue();
  const isFormula = (word: string): boolean => catalogue.matchFormulas([word]).length > 0;
  const named = nameSubject('doctor', values, positionals, isFormula);
  if (named.rest.length > 0) {
    throw new UsageError(`doctor: one subject at a time; ${named.rest[0]} is one word too many`);
  }
  const { openSubject } = await world.subjects();
  const subject = await openSubject(named.options);
  world.whenInterrupted(() => subject.close());
  try {
    world.print(`${introduction(subject)}\n\n`);
    return await examine(subject, named.words, catalogue, world);
  } finally {
    await subject.close();
  }
}

function introduction({ description, dtype }: Subject): string {
  const { name, version, language, dtypes } = description;
  const others = dtypes.filter((other) => other !== dtype);
  const also = others.length === 0 ? '' : `, and can compute in ${enumerate(others)}`;
  return `${name} ${version} (${language}) started; it computes in ${dtype}${also}`;
}

async function examine(
  subject: Subject,
  words: string,
  catalogue: Catalogue,
  world: World,
): Promise<number> {
  const paint = pc.createColors(world.terminal.color);
  const { formulas, gradients, samples } = subject.description;
  const offers = [...new Set([...formulas, ...gradients, ...samples])];
  const ids = catalogue.listFormulas();
  const offered = ids.filter((id) => offers.includes(id));
  const misspelt = misspeltFormulas(catalogue, offers);
  const idWidth = Math.max(
    0,
    ...[...offered, ...misspelt.map(({ id }) => id)].map((id) => id.length),
  );

  let troubles = misspelt.length;
  const show = ({ id, works, text }: Finding): void => {
    const mark = works ? paint.green('✓') : paint.red('✗');
    const line = `${mark} ${pad(id, idWidth)}  ${text}`;
    world.print(`${wrap(line, world.terminal.width, idWidth + 4)}\n`);
  };
  for (const id of offered) {
    const finding = await callOnce(subject, catalogue, id);
    if (!finding.works) troubles++;
    show(finding);
  }
  for (const { id, remedy } of misspelt) {
    show({ id, works: false, text: `not in the catalogue; ${remedy}` });
  }
  world.print(afterword(subject, words, ids, offered, troubles, world.terminal.width));
  if (offered.length === 0) return exitCodes.notJudged;
  return troubles === 0 ? exitCodes.conformant : exitCodes.notConformant;
}

/** Calls a formula, its gradient and its sample, as far as they are offered, on a pinned case that is no edge. */
async function callOnce(subject: Subject, catalogue: Catalogue, id: string): Promise<Finding> {
  const { spec, goldens, reference } = await catalogue.loadFormula(id);
  const answered = goldens.cases.filter(({ error }) => error === undefined);
  const plain = answered.find(({ flags }) => flags === undefined || flags.length === 0);
  const golden = plain ?? answered[0];
  if (golden === undefined) return { id, works: true, text: 'no pinned case to call it with' };

  const inputs = decodeInputs(spec, golden.inputs);
  const { formulas, gradients, samples, variants } = subject.description;
  const calls: Call[] = [];
  if (formulas.includes(id)) calls.push({ formula: id, operation: 'value', inputs });
  if (gradients.includes(id)) {
    const cotangent = onesLike(spec, reference(inputs));
    calls.push({ formula: id, operation: 'gradient', inputs, cotangent });
  }
  if (samples.includes(id)) {
    calls.push({ formula: id, operation: 'sample', inputs: sampleInputs(spec, inputs) });
  }
  const outcomes = await subject.ask(calls);
  const refused = spec.differentiable === undefined && gradients.includes(id);
  const drawn = spec.sample === undefined && samples.includes(id);
  const parts = [
    ...calls.map((call, index) => describeOutcome(call, outcomes[index]!, spec)),
    ...(formulas.includes(id) ? [] : ['its value is not offered']),
    ...(spec.differentiable !== undefined && !gradients.includes(id)
      ? ['no gradient offered']
      : []),
    ...(spec.sample !== undefined && !samples.includes(id) ? ['no sample offered'] : []),
    ...(refused ? ['the formula has no gradient, the offer is ignored'] : []),
    ...(drawn ? ['the formula has no sample, the offer is ignored'] : []),
    ...declaredVariant(variants[id], Object.keys(spec.variants ?? {})),
  ];
  const known = variants[id] === undefined || Object.hasOwn(spec.variants ?? {}, variants[id]);
  const works = known && outcomes.every(({ kind }) => kind === 'answer');
  return { id, works, text: parts.join('; ') };
}

/** A cotangent of ones, without the parts that no gradient is taken through. */
function onesLike(spec: Spec, output: Value): Value {
  const ones = withNumbers(output, () => 1);
  if (!isParts(ones)) return ones;
  const outputs = outputsOf(spec);
  return Object.fromEntries(
    Object.entries(ones).filter(([name]) => outputs[name]?.constant !== true),
  );
}

/** A small shape to draw, and what else a sample needs as it is pinned. */
function sampleInputs(spec: Spec, pinned: Inputs): Inputs {
  const inputs: Record<string, Argument> = {};
  for (const [name, { kind }] of Object.entries(spec.sample?.inputs ?? {})) {
    const argument = kind === 'lengths' ? [2, 3] : pinned[name];
    if (argument !== undefined) inputs[name] = argument;
  }
  return inputs;
}

function describeOutcome({ operation }: Call, outcome: Outcome, spec: Spec): string {
  switch (outcome.kind) {
    case 'answer':
      return operation === 'gradient'
        ? `gradient answered for ${enumerate(Object.keys(outcome.answer)) || 'no input'}`
        : `${operation} answered ${shapeOf(outcome.answer as Value)}${missingParts(outcome.answer as Value, spec)}`;
    case 'threw':
      return `${operation} threw: ${outcome.message}`;
    case 'fault':
      return `${operation}: ${outcome.fault}: ${outcome.message}`;
  }
}

function shapeOf(answer: Value): string {
  if (typeof answer === 'number') return 'a number';
  if (isArray(answer)) return `shape [${answer.shape.join(', ')}]`;
  const parts = Object.entries(answer).map(([name, part]) => `${name} (${shapeOf(part)})`);
  return enumerate(parts) || 'no part';
}

/** The parts of the contract that an answer lacks, on which it cannot be judged. */
function missingParts(answer: Value, { outputs }: Spec): string {
  if (outputs === undefined) return '';
  const given = isParts(answer) ? Object.keys(answer) : [];
  const missing = Object.keys(outputs).filter((name) => !given.includes(name));
  return missing.length === 0 ? '' : `, without ${enumerate(missing)}`;
}

function declaredVariant(declared: string | undefined, known: readonly string[]): string[] {
  if (declared === undefined) return [];
  if (known.includes(declared)) return [`variant "${declared}" declared`];
  const choice = known.length === 0 ? 'the formula has none' : `there is ${enumerate(known, 'or')}`;
  return [`variant "${declared}" is not known, ${choice}`];
}

function afterword(
  subject: Subject,
  words: string,
  ids: readonly string[],
  offered: readonly string[],
  troubles: number,
  width: number,
): string {
  const missing = ids.filter((id) => !offered.includes(id));
  const remarks = subject.remarks().map((remark) => `Remark: ${remark}`);
  const notOffered =
    missing.length === 0
      ? []
      : [`Not offered (${missing.length} of ${ids.length}): ${missing.join(', ')}`];
  const next =
    offered.length === 0
      ? 'Nothing can be judged. Next: offer a formula, by an id of npx touchstone list'
      : troubles > 0
        ? 'Next: mend what is marked ✗, and ask the doctor again'
        : `Next: npx touchstone check ${words}`;
  const paragraphs = [...notOffered, ...remarks].map((text) => `\n${wrap(text, width, 2)}\n`);
  return `${paragraphs.join('')}\n${next}\n`;
}
