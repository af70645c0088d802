import type { Argument } from '../conformance/spec.js';

/*
 * Functions as arguments. On the way they are ids of formulas of chapter `calculus`, which no
 * word of a choice looks like; where the subject lives, they become what it offers under that id.
 */

const FUNCTION = /^calculus\/[a-z0-9-]+$/;

/** True for the id of a function: `calculus/sine`. */
export function isFunctionId(argument: Argument | undefined): argument is string {
  return typeof argument === 'string' && FUNCTION.test(argument);
}

/** What a call is refused with that needs a function which the subject does not have. */
export function unsupported(id: string): string {
  return `unsupported: the argument ${id} is a function that the subject does not offer`;
}
