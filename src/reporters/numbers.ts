/**
 * A fraction of the budget in two digits, rounded away from 1, so that an error inside the
 * budget never reads as one outside it, and a small error never reads as none.
 */
export function fractionOfBudget(ratio: number): string {
  if (Number.isNaN(ratio)) return 'NaN';
  if (ratio === Infinity) return '∞';
  if (ratio === 0) return '0';
  if (ratio < 0.01) return 'under 0.01';
  if (ratio <= 1) return String(Math.floor(ratio * 100) / 100);
  if (ratio < 10) return (Math.ceil(ratio * 10) / 10).toFixed(1);
  if (ratio < 1000) return String(Math.ceil(ratio));
  return ratio.toExponential(1);
}

/** A duration as a person says it: `84 ms`, `1.2 s`, `3 min 20 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  // 59.96 seconds would read as 60.0 s.
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** How many elements of a long list stay. */
const kept = 6;

/**
 * A text in which every list of many elements is cut: `[1, 2, 3, 4, 5, 6, … 94 more]`.
 * Nested lists are cut at every depth.
 */
export function abbreviateLists(text: string): string {
  let position = 0;
  const elementsUntilClosed = (): { elements: string[]; closed: boolean } => {
    const elements = [''];
    while (position < text.length) {
      const character = text[position++]!;
      if (character === ']') return { elements, closed: true };
      if (character === ',') elements.push('');
      else elements[elements.length - 1] += character === '[' ? list() : character;
    }
    return { elements, closed: false };
  };
  const list = (): string => {
    const { elements, closed } = elementsUntilClosed();
    // A half-open interval, and no list: [0, 1).
    if (!closed) return `[${elements.join(',')}`;
    // One element more than kept takes no more room than the words that would replace it.
    if (elements.length <= kept + 1) return `[${elements.join(',')}]`;
    return `[${elements.slice(0, kept).join(',')}, … ${elements.length - kept} more]`;
  };

  let abbreviated = '';
  while (position < text.length) {
    const character = text[position++]!;
    abbreviated += character === '[' ? list() : character;
  }
  return abbreviated;
}
