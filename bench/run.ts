import { benchEngine } from './engine.js';
import { benchFormulas } from './formulas.js';

/*
 * npm run bench                      the engine, then every formula of the catalogue
 * npm run bench -- engine            the engine alone
 * npm run bench -- 'losses/*'        some formulas
 */

const words = process.argv.slice(2);
if (words.length === 0 || words.includes('engine')) await benchEngine();
const patterns = words.filter((word) => word !== 'engine');
if (words.length === 0 || patterns.length > 0) await benchFormulas(patterns);
