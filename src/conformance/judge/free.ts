import { sizeOf } from '../../kernel/index.js';
import type { Inputs } from '../spec.js';
import { type Flat, type FlatPart, isArray } from '../values.js';
import { type Question, ruleOf } from './question.js';

/*
 * What an answer leaves open, brought into the form nearest to the right one before anything is
 * compared: an eigenvector may point either way, and groups may be numbered in any order.
 */

/** What a question says of what is free. */
type Freedom = Pick<Question, 'outputs'> & { readonly inputs?: Inputs };

/** An answer in the form nearest to the right one; itself where nothing is free, or it is of another layout. */
export function nearestForm(question: Freedom, right: Flat, answer: Flat): Flat {
  if (question.outputs === undefined) return answer;
  const freedoms = right.parts.map((part) => ruleOf(question, part)?.free);
  if (freedoms.every((free) => free === undefined)) return answer;
  if (right.data.length !== answer.data.length) return answer;
  const data = answer.data.slice();
  const labels = right.parts.filter((_, i) => freedoms[i] === 'labels');
  renumber(labels, question, right.data, data);
  for (const [i, part] of right.parts.entries()) {
    const free = freedoms[i];
    if (free === 'signs of rows') turnRows(part, right.data, data);
    if (free === 'signs of columns') turnColumns(part, right.data, data);
    if (free === 'order of ties') settleTies(part, question, right.data, data);
  }
  return { parts: answer.parts, data };
}

// ---- signs --------------------------------------------------------------------------------

function turnRows({ start, size, shape }: FlatPart, right: Float64Array, data: Float64Array): void {
  const columns = shape.at(-1) ?? 1;
  for (let row = start; row < start + size; row += columns) {
    turn(
      right,
      data,
      Array.from({ length: columns }, (_, k) => row + k),
    );
  }
}

function turnColumns(
  { start, size, shape }: FlatPart,
  right: Float64Array,
  data: Float64Array,
): void {
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  for (let matrix = start; matrix < start + size; matrix += rows * columns) {
    for (let column = 0; column < columns; column++) {
      turn(
        right,
        data,
        Array.from({ length: rows }, (_, k) => matrix + k * columns + column),
      );
    }
  }
}

/** Negates the elements at some places if they lie nearer to the right ones then. */
function turn(right: Float64Array, data: Float64Array, places: readonly number[]): void {
  let agreement = 0;
  for (const place of places) agreement += right[place]! * data[place]!;
  if (!(agreement < 0)) return;
  for (const place of places) data[place] = -data[place]!;
}

// ---- ties ---------------------------------------------------------------------------------

/**
 * Puts for each place of a ranking the right one, where what is given there is tied with it. A
 * row that names something twice is no ranking, and stays as it is.
 */
function settleTies(
  part: FlatPart,
  question: Freedom,
  right: Float64Array,
  data: Float64Array,
): void {
  const ranked = question.inputs?.[ruleOf(question, part)?.ties ?? ''];
  if (!isArray(ranked)) return;
  const [columns, width] = [ranked.shape.at(-1) ?? 1, part.shape.at(-1) ?? 1];
  for (let row = 0; row * width < part.size; row++) {
    const keys = ranked.data.subarray(row * columns, (row + 1) * columns);
    const start = part.start + row * width;
    if (new Set(data.subarray(start, start + width)).size < width) continue;
    for (let i = start; i < start + width; i++) {
      if (keys[data[i]!] === keys[right[i]!]) data[i] = right[i]!;
    }
  }
}

// ---- labels -------------------------------------------------------------------------------

/**
 * Numbers the groups as the right answer does: the pair of names that most elements share comes
 * first. Labels are renamed, and the rows of the parts that describe the groups follow.
 */
function renumber(
  parts: readonly FlatPart[],
  question: Pick<Question, 'outputs'>,
  right: Float64Array,
  data: Float64Array,
): void {
  const isLabels = (part: FlatPart): boolean => ruleOf(question, part)?.kind === 'label';
  const labels = parts.find(isLabels);
  if (labels === undefined) return;
  const names = matching(labels, right, data);
  for (const part of parts) {
    if (isLabels(part)) {
      for (let i = part.start; i < part.start + part.size; i++) {
        data[i] = names.get(data[i]!) ?? data[i]!;
      }
    } else moveRows(part, data, names);
  }
}

/** The right name of each name that is given, none used twice. */
function matching(
  { start, size }: FlatPart,
  right: Float64Array,
  data: Float64Array,
): ReadonlyMap<number, number> {
  const shared = new Map<string, { given: number; wanted: number; count: number }>();
  for (let i = start; i < start + size; i++) {
    const [given, wanted] = [data[i]!, right[i]!];
    const pair = shared.get(`${given} ${wanted}`) ?? { given, wanted, count: 0 };
    pair.count += 1;
    shared.set(`${given} ${wanted}`, pair);
  }
  const names = new Map<number, number>();
  const taken = new Set<number>();
  const claim = (given: number, wanted: number): void => {
    if (names.has(given) || taken.has(wanted)) return;
    names.set(given, wanted);
    taken.add(wanted);
  };
  for (const { given, wanted } of [...shared.values()].sort((a, b) => b.count - a.count)) {
    claim(given, wanted);
  }
  return names;
}

/** Puts the row of each group where its right name says; groups without elements fill the gaps. */
function moveRows(
  { start, shape }: FlatPart,
  data: Float64Array,
  names: ReadonlyMap<number, number>,
): void {
  const [groups = 0] = shape;
  const width = sizeOf(shape.slice(1));
  const before = data.slice(start, start + groups * width);
  const places = new Map([...names].filter(([given]) => given >= 0 && given < groups));
  const free = Array.from({ length: groups }, (_, k) => k).filter(
    (k) => ![...places.values()].includes(k),
  );
  for (let given = 0; given < groups; given++) {
    const place = places.get(given) ?? free.shift()!;
    if (!(place < groups)) return;
    data.set(before.subarray(given * width, (given + 1) * width), start + place * width);
  }
}
