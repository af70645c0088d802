import { listFormulas, loadFormula, matchFormulas } from '../src/catalog.js';
import { everyPoint, measure } from './accuracy/measure.js';
import { findPython } from './accuracy/oracle.js';
import { compare, figuresOf, operationsOf, publish, published } from './accuracy/published.js';

/*
 * Measures the references against the oracles, and publishes what it finds.
 *
 *     npm run accuracy [FORMULA…]
 */

const python = findPython();
if (python === undefined)
  throw new Error('accuracy: Python must have mpmath, got none; set PYTHON');

const patterns = process.argv.slice(2);
for (const id of patterns.length === 0 ? listFormulas() : matchFormulas(patterns)) {
  const formula = await loadFormula(id);
  const measured = await measure(python, [formula], () => everyPoint);
  const fresh = figuresOf(measured.get(id)!);
  for (const [operation, { points, ulps, budget, strictBudget, lost }] of operationsOf(fresh)) {
    console.log(
      `${`${id} ${operation}`.padEnd(60)} ${String(points).padStart(6)} points` +
        ` ${String(ulps.error).padStart(9)} ulp ${String(budget.error).padStart(9)} of the budget` +
        ` ${String(strictBudget.error).padStart(9)} strict${lost.error > 0 ? `, ${lost.error} lost` : ''}`,
    );
  }
  const old = published().formulas[id];
  if (old !== undefined) for (const line of compare(id, fresh, old).grown) console.log(`  ${line}`);
  // Published one by one: whoever interrupts keeps what was measured.
  publish(measured, listFormulas());
}
