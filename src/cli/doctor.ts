import pc from 'picocolors';
import { decodeInputs } from '../conformance/golden.js';
import { type Call, isArray, type Outcome, type Subject } from '../conformance/subject.js';
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
  const { formulas, gradients } = subject.description;
  const ids = catalogue.listFormulas();
  const offered = ids.filter((id) => formulas.includes(id) || gradients.includes(id));
  const misspelt = misspeltFormulas(catalogue, [...formulas, ...gradients]);
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

/** Calls a formula, and its gradient where that is offered, on a pinned case that is no edge. */
async function callOnce(subject: Subject, catalogue: Catalogue, id: string): Promise<Finding> {
  const { spec, goldens, reference } = await catalogue.loadFormula(id);
  const answered = goldens.cases.filter(({ error }) => error === undefined);
  const plain = answered.find(({ flags }) => flags === undefined || flags.length === 0);
  const golden = plain ?? answered[0];
  if (golden === undefined) return { id, works: true, text: 'no pinned case to call it with' };

  const inputs = decodeInputs(spec, golden.inputs);
  const { formulas, gradients, variants } = subject.description;
  const calls: Call[] = [];
  if (formulas.includes(id)) calls.push({ formula: id, operation: 'value', inputs });
  if (gradients.includes(id)) {
    const output = reference(inputs);
    const cotangent =
      typeof output === 'number'
        ? 1
        : { shape: output.shape, data: new Float64Array(output.data.length).fill(1) };
    calls.push({ formula: id, operation: 'gradient', inputs, cotangent });
  }
  const outcomes = await subject.ask(calls);
  const refused = spec.differentiable === undefined && gradients.includes(id);
  const parts = [
    ...calls.map((call, index) => describeOutcome(call, outcomes[index]!)),
    ...(formulas.includes(id) ? [] : ['its value is not offered']),
    ...(spec.differentiable !== undefined && !gradients.includes(id)
      ? ['no gradient offered']
      : []),
    ...(refused ? ['the formula has no gradient, the offer is ignored'] : []),
    ...declaredVariant(variants[id], Object.keys(spec.variants ?? {})),
  ];
  const known = variants[id] === undefined || Object.hasOwn(spec.variants ?? {}, variants[id]);
  const works = known && outcomes.every(({ kind }) => kind === 'answer');
  return { id, works, text: parts.join('; ') };
}

function describeOutcome({ operation }: Call, outcome: Outcome): string {
  const what = operation === 'value' ? 'value' : 'gradient';
  switch (outcome.kind) {
    case 'answer':
      return `${what} answered ${shapeOf(outcome.answer)}`;
    case 'threw':
      return `${what} threw: ${outcome.message}`;
    case 'fault':
      return `${what}: ${outcome.fault}: ${outcome.message}`;
  }
}

function shapeOf(answer: (Outcome & { kind: 'answer' })['answer']): string {
  if (typeof answer === 'number') return 'a number';
  if (isArray(answer)) return `shape [${answer.shape.join(', ')}]`;
  return `for ${enumerate(Object.keys(answer)) || 'no input'}`;
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
