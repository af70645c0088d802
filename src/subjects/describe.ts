/** Longer texts are cut: a message is read by a person. */
const LONGEST = 80;

/** What a value is, for messages that end in "got …": `undefined`, `a list of 3`, `the text "abc"`. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return `the text ${JSON.stringify(excerpt(value))}`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint') return `the bigint ${excerpt(String(value))}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const fields = Object.keys(value);
  if (fields.length === 0) return 'an object without fields';
  return excerpt(
    `an object with ${fields.length === 1 ? 'the field' : 'fields'} ${fields.join(', ')}`,
  );
}

/** The beginning of a text, cut where a message would become unreadable. */
export function excerpt(text: string, longest: number = LONGEST): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** What a throw said, whatever was thrown: code under test throws anything. */
export function messageOf(thrown: unknown): string {
  try {
    if (thrown instanceof Error) return thrown.message === '' ? thrown.name : thrown.message;
    return typeof thrown === 'string' ? thrown : describe(thrown);
  } catch {
    return 'something that cannot be printed';
  }
}
