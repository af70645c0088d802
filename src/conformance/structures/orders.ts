import type { NDArray } from '../../kernel/index.js';
import { fillRows } from '../generate/context.js';
import { meaningOf } from '../kinds/index.js';
import type { StructureMeaning } from './structure.js';

/*
 * Rows in an order, and rows that are one.
 */

export const sorted: StructureMeaning = {
  words: 'each row in ascending order',
  draw: (context, mate) => {
    const data = meaningOf(context.input.kind).draw!(context, mate).slice();
    const columns = context.shape.at(-1) ?? 1;
    for (let start = 0; start < data.length; start += columns) {
      data.subarray(start, start + columns).sort();
    }
    return data;
  },
  holds: (array) =>
    everyRow(array, (row) => row.every((value, i) => i === 0 || row[i - 1]! <= value)),
};

export const permutation: StructureMeaning = {
  words: 'each row the whole numbers below its length, in some order',
  draw: (context) =>
    fillRows(context, (row) => {
      const order = Array.from({ length: row.length }, (_, i) => i);
      row.set(context.chooser.draws.shuffled(order));
    }),
  holds: (array) =>
    everyRow(array, (row) => {
      const places = new Set(row);
      return places.size === row.length && row.every((place) => place < row.length);
    }),
};

function everyRow({ shape, data }: NDArray, holds: (row: Float64Array) => boolean): boolean {
  const columns = shape.at(-1) ?? 1;
  for (let start = 0; start < data.length; start += columns) {
    if (!holds(data.subarray(start, start + columns))) return false;
  }
  return true;
}
