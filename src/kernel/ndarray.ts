/**
 * An n-dimensional array of doubles in row-major order: the element at (i, j) of an
 * r × c matrix is `data[i * c + j]`. Callers treat both fields as immutable, and so
 * does every formula.
 */
export interface NDArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Nested lists of numbers, as JSON and most libraries write an array; a number has rank 0. */
export type Nested = number | readonly Nested[];

/** The number of elements of an array of this shape; 1 for rank 0. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** An array of the given shape over the given elements, which are copied. */
export function ndarray(shape: readonly number[], elements: ArrayLike<number>): NDArray {
  if (sizeOf(shape) !== elements.length) {
    throw new RangeError(
      `ndarray: elements must number ${sizeOf(shape)} for shape [${shape.join(', ')}], got ${elements.length}`,
    );
  }
  return { shape: [...shape], data: Float64Array.from(elements) };
}

/** A vector of the given elements. */
export function vector(...elements: number[]): NDArray {
  return { shape: [elements.length], data: Float64Array.from(elements) };
}

/** A matrix of the given rows, all of one length. */
export function matrix(...rows: (readonly number[])[]): NDArray {
  return fromNested(rows);
}

/** An array of the same shape as `like`, over `data` itself: for results that own their buffer. */
export function sameShape(like: NDArray, data: Float64Array): NDArray {
  return { shape: like.shape, data };
}

/**
 * The array that nested lists spell out.
 *
 * @throws RangeError if the lists are ragged or hold anything but numbers.
 */
export function fromNested(nested: Nested): NDArray {
  const shape: number[] = [];
  for (let level = nested; Array.isArray(level); level = level[0] as Nested) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const data = new Float64Array(sizeOf(shape));
  let next = 0;
  const fill = (level: Nested, depth: number): void => {
    if (depth === shape.length) {
      if (typeof level !== 'number') {
        throw new RangeError(`array: elements must be numbers, got ${describe(level)}`);
      }
      data[next++] = level;
      return;
    }
    if (!Array.isArray(level) || level.length !== shape[depth]) {
      throw new RangeError(
        `array: lists at depth ${depth} must all have length ${shape[depth]}, got ${describe(level)}`,
      );
    }
    for (const element of level) fill(element, depth + 1);
  };
  fill(nested, 0);
  return { shape, data };
}

/** The nested lists that spell out an array. */
export function toNested(array: NDArray): Nested {
  let next = 0;
  const list = (depth: number): Nested => {
    if (depth === array.shape.length) return array.data[next++]!;
    const level: Nested[] = [];
    for (let i = 0; i < array.shape[depth]!; i++) level.push(list(depth + 1));
    return level;
  };
  return list(0);
}

/** True if two shapes have the same lengths in the same order. */
export function shapesEqual(left: readonly number[], right: readonly number[]): boolean {
  if (left.length !== right.length) return false;
  for (let axis = 0; axis < left.length; axis++) if (left[axis] !== right[axis]) return false;
  return true;
}

/** True for an {@link NDArray}, by its fields: arrays cross worker and module boundaries. */
export function isNDArray(value: unknown): value is NDArray {
  return (
    typeof value === 'object' &&
    value !== null &&
    'data' in value &&
    value.data instanceof Float64Array &&
    'shape' in value &&
    Array.isArray(value.shape)
  );
}

function describe(value: unknown): string {
  return Array.isArray(value) ? `a list of ${value.length}` : String(value);
}

/** The product of two arrays of one shape, element by element: how a derivative meets a cotangent. */
export function product(left: NDArray, right: NDArray): NDArray {
  return { shape: left.shape, data: left.data.map((value, i) => value * right.data[i]!) };
}

/** An array of ones. */
export function ones(shape: readonly number[]): NDArray {
  return { shape, data: new Float64Array(sizeOf(shape)).fill(1) };
}
