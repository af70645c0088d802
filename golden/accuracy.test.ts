import { describe, expect, test } from 'vitest';
import { everyPoint, measure, type Selection } from '../bench/accuracy/measure.js';
import { findPython } from '../bench/accuracy/oracle.js';
import {
  compare,
  engine,
  figuresOf,
  operationsOf,
  type PublishedFormula,
  published,
} from '../bench/accuracy/published.js';
import { listFormulas, loadFormula } from '../src/catalog.js';

/*
 * The published accuracy of the references is a ratchet: measured again at some of its points,
 * no figure may have grown.
 */

/** One in so many points is measured again, and wherever a published figure was met. */
const STRIDE = 120;

const python = findPython();
const { engine: measuredOn, formulas: figures } = published();

/** Points of which the published figures speak, and some others. */
function sample(of: PublishedFormula | undefined): Selection {
  return (operation, points) => {
    const { ulps, budget, strictBudget, lost } = of?.[operation] ?? {};
    const worst = new Set([ulps?.at, budget?.at, strictBudget?.at, lost?.at]);
    return everyPoint(operation, points).filter(
      ({ name }, i) => i % STRIDE === 0 || worst.has(name),
    );
  };
}

describe('the published accuracy', () => {
  test('covers every formula, and no other', () => {
    expect(Object.keys(figures)).toEqual(listFormulas());
  });

  test('stays far inside the budget, so that the references judge others and not themselves', () => {
    const exceeding = Object.entries(figures).flatMap(([id, operations]) =>
      operationsOf(operations).flatMap(([operation, { budget }]) =>
        budget.error > 0.25 ? [`${id}: ${operation} at ${budget.at}, ${budget.error}`] : [],
      ),
    );
    expect(exceeding).toEqual([]);
  });

  if (python === undefined || measuredOn !== engine) {
    const reason =
      python === undefined
        ? 'no Python with mpmath is here'
        : `it speaks of ${measuredOn}, not of ${engine}`;
    test(`is not measured again: ${reason}`, () => {});
  } else {
    test('holds where it is measured again', async () => {
      const known = await Promise.all(Object.keys(figures).map(loadFormula));
      const measured = await measure(python, known, ({ id }) => sample(figures[id]));
      const moves = [...measured].map(([id, accuracy]) =>
        compare(id, figuresOf(accuracy), figures[id]!),
      );
      const fallen = moves.flatMap((move) => move.fallen);
      if (fallen.length > 0) {
        console.info(`${fallen.join('\n')}\nnpm run accuracy publishes the progress`);
      }
      expect(moves.flatMap((move) => move.grown)).toEqual([]);
    });
  }
});
