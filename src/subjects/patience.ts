import type { Call, Outcome } from '../conformance/subject.js';

/*
 * A subject that dies at every call must not be started a thousand times: after a few faults a
 * formula's operation is given up, and every further call gets the last fault again.
 */

/** Faults in a row after which a formula's operation is not asked again. */
const IN_A_ROW = 3;
/** Faults in all after which it is not asked again. */
const IN_ALL = 20;
/** Faults of the whole subject after which the first fault of a formula is its last. */
const OF_SUBJECT = 60;

type FaultOutcome = Outcome & { readonly kind: 'fault' };

/** The faults so far, by formula and operation. */
export interface Patience {
  /** Faults of the whole subject. */
  readonly faults: number;
  /** True if a call of this formula and operation had a fault. */
  isTried(call: Call): boolean;
  /** The fault that a call gets without being asked; undefined while there is patience. */
  lost(call: Call): FaultOutcome | undefined;
  faulted(call: Call, outcome: FaultOutcome): void;
  answered(call: Call): void;
}

export function createPatience(): Patience {
  const histories = new Map<string, { inARow: number; inAll: number; last: FaultOutcome }>();
  let faults = 0;
  const keyOf = ({ formula, operation }: Call): string => `${operation} of ${formula}`;
  return {
    get faults() {
      return faults;
    },
    isTried: (call) => histories.has(keyOf(call)),
    lost: (call) => {
      const history = histories.get(keyOf(call));
      if (history === undefined) return undefined;
      const inARow = faults > OF_SUBJECT ? 1 : IN_A_ROW;
      if (history.inARow < inARow && history.inAll < IN_ALL) return undefined;
      return { ...history.last, message: `${history.last.message}; not asked again` };
    },
    faulted: (call, last) => {
      const { inARow, inAll } = histories.get(keyOf(call)) ?? { inARow: 0, inAll: 0 };
      histories.set(keyOf(call), { inARow: inARow + 1, inAll: inAll + 1, last });
      faults++;
    },
    answered: (call) => {
      const history = histories.get(keyOf(call));
      if (history !== undefined) history.inARow = 0;
    },
  };
}
