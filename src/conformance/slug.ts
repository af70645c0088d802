/** A sentence as part of an id: lower case, words joined by hyphens. */
export function slug(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
