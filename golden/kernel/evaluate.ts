/**
 * Evaluates a function of the kernel for `measure.py`: little-endian doubles on standard input,
 * their values on standard output.
 */
import { readFileSync } from 'node:fs';
import * as kernel from '../../src/kernel/index.js';

const name = process.argv[2] ?? '';
const evaluate = (kernel as Readonly<Record<string, unknown>>)[name] as (x: number) => number;
const input = readFileSync(0);
const output = Buffer.alloc(input.length);
for (let at = 0; at < input.length; at += 8) {
  output.writeDoubleLE(evaluate(input.readDoubleLE(at)), at);
}
process.stdout.write(output);
