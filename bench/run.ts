import { benchEngine } from './engine.js';
import { benchFormulas } from './formulas.js';
import { benchSuite } from './suite/index.js';

/*
 * npm run bench                      the engine, then every formula of the catalogue
 * npm run bench -- engine            the engine alone
 * npm run bench -- engine --only=ID,ID   of its two formulas these checks alone
 * npm run bench -- 'losses/*'        some formulas
 * npm run bench -- suite             what the suite costs, beside an older build
 * npm run bench -- suite --quick     the same on four formulas
 */

const words = process.argv.slice(2);
if (words.includes('suite')) {
  const met = await benchSuite({ quick: words.includes('--quick') });
  if (!met) process.exitCode = 1;
} else {
  const only = words.find((word) => word.startsWith('--only='))?.slice('--only='.length);
  if (words.length === 0 || words.includes('engine')) {
    await benchEngine(only === undefined ? undefined : new Set(only.split(',')));
  }
  const patterns = words.filter((word) => word !== 'engine' && !word.startsWith('--'));
  if (words.length === 0 || patterns.length > 0) await benchFormulas(patterns);
}
