#!/usr/bin/env node
import { main } from './cli/main.js';
import { processWorld } from './cli/process-world.js';

const world = processWorld(process);
const code = await main(process.argv.slice(2), world);
// What a pipe has not taken yet is lost by an exit; a subject's stray handle would prevent one.
await world.flush();
process.exit(code);
