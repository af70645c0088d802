import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hold } from './hold.js';

const numbers = fc.integer({ min: 0, max: 1000 });
const text = (value: number): string => `number ${value}`;

async function isSmall(value: number): Promise<void> {
  if (value > 17) throw new RangeError(`${value} is too much`);
}

it('holds in as many runs as are asked for', async () => {
  const runs: number[] = [];
  const note = async (_: number, run: number): Promise<void> => void runs.push(run);
  await hold(numbers, note, text, 30);
  expect(runs.length).toBe(30);
  expect(new Set(runs).size).toBeGreaterThan(10);
});

it('fails with the smallest that breaks it, and the way there', async () => {
  const failure = await hold(numbers, isSmall, text, 30).catch((error: Error) => error);
  expect(failure).toBeInstanceOf(Error);
  const { message, cause } = failure as Error;
  expect(message).toMatch(/^18 is too much\n {2}at number 18\n/);
  const [, path] = /fast-check \{ seed: 1, path: '([\d:]+)' \}$/.exec(message)!;
  expect(cause).toBeInstanceOf(RangeError);
  expect((cause as Error).stack).toMatch(/isSmall.*hold\.test\.ts/);
  // The path alone leads there.
  const property = fc.asyncProperty(numbers, fc.noShrink(fc.nat()), (value, _) => isSmall(value));
  const replayed = await fc.check(property, { seed: 1, path: path! });
  expect(replayed.counterexample![0]).toBe(18);
});

it('keeps what is drawn beside the inputs while they are made smaller', async () => {
  const runs = new Set<number>();
  const fail = async (value: number, run: number): Promise<void> => {
    if (value > 17) {
      runs.add(run);
      throw 'what is no error';
    }
  };
  await expect(hold(numbers, fail, text, 30)).rejects.toThrow(/^what is no error\n/);
  expect(runs.size).toBe(1);
});
