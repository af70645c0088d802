/** The largest distance between the distribution of some numbers in [0, 1] and the uniform one. */
export function distanceFromUniform(uniforms: Float64Array): number {
  const sorted = uniforms.slice().sort();
  const n = sorted.length;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, (i + 1) / n - sorted[i]!, sorted[i]! - i / n);
  }
  return largest;
}

/** The largest distance between the distributions of two lists of numbers. */
export function distanceBetween(left: Float64Array, right: Float64Array): number {
  const [a, b] = [left.slice().sort(), right.slice().sort()];
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= value) i++;
    while (j < b.length && b[j]! <= value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}
