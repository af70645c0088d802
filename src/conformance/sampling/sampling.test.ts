import { describe, expect, it } from 'vitest';
import { type SampleTest, type Statistic, verdictOf } from './sampling.js';
import { slackOf } from './slack.js';
import { drawsInWords, figure, grouped, oddsInWords } from './words.js';

const at = (p: number, extra: Partial<Statistic> = {}): Statistic => ({
  p,
  call: 0,
  finding: () => `p ${p}`,
  expected: () => '',
  got: () => '',
  ...extra,
});
const test = (sentence: string, ...statistics: Statistic[]): SampleTest => ({
  sentence,
  statistics: () => statistics,
});

describe('a verdict', () => {
  const slack = slackOf('float64');

  it('rejects what is rarer than the false alarms allow, for all figures together', () => {
    const tests = [test('a', at(0.5), at(0.3e-10)), test('b', at(0.4e-10))];
    // Three figures: each may be a false alarm in 1 of 3e10.
    const verdict = verdictOf(tests, [], slack);
    expect(verdict.get('a')?.p).toBe(0.3e-10);
    expect(verdict.get('b')).toBeUndefined();
  });

  it('tells the least likely figure of each test, the first of several', () => {
    const first = at(0, { call: 1 });
    const tests = [test('a', at(1e-20), first, at(0, { call: 2 }))];
    expect(verdictOf(tests, [], slack).get('a')).toBe(first);
  });

  it('needs no probability for a proof, which counts as no figure', () => {
    const proof = at(0, { proof: true });
    const tests = [test('a', proof), test('b', at(0.9e-10))];
    const verdict = verdictOf(tests, [], slack);
    expect(verdict.get('a')).toBe(proof);
    expect(verdict.get('b')?.p).toBe(0.9e-10);
  });

  it('can be asked at another rate', () => {
    const tests = [test('a', at(0.02))];
    expect(verdictOf(tests, [], slack).get('a')).toBeUndefined();
    expect(verdictOf(tests, [], slack, 0.05).get('a')?.p).toBe(0.02);
  });
});

describe('slack', () => {
  it('is five units of the format, and of float32 for what is finer', () => {
    expect(slackOf('float64').uniform).toBe(5 * 2 ** -24);
    expect(slackOf('float32').uniform).toBe(5 * 2 ** -24);
    expect(slackOf('float16').uniform).toBe(5 * 2 ** -11);
    expect(slackOf('bfloat16').uniform).toBe(5 * 2 ** -8);
  });

  it('of sizes is 2^-20 at least', () => {
    expect(slackOf('float64').relative).toBe(2 ** -20);
    expect(slackOf('float16').relative).toBe(5 * 2 ** -11);
    expect(slackOf('float64').unit).toBe(2 ** -53);
  });
});

describe('words', () => {
  it('say how rare something is', () => {
    expect(oddsInWords(3e-12)).toBe('less than once in 10^11');
    expect(oddsInWords(1e-12)).toBe('less than once in 10^12');
    expect(oddsInWords(0)).toBe('less than once in 10^300');
  });

  it('say how many draws there were, and of which shape where there was one', () => {
    const draws = { inputs: {}, answer: { shape: [16, 128], data: new Float64Array(2048) } };
    expect(drawsInWords([draws])).toBe('2,048 draws of shape [16, 128]');
    expect(drawsInWords([draws, draws])).toBe('4,096 draws of shape [16, 128]');
    const other = { inputs: {}, answer: { shape: [2], data: new Float64Array(2) } };
    expect(drawsInWords([draws, other])).toBe('2,050 draws');
  });

  it('round figures to three digits', () => {
    expect([figure(1.3333), figure(0.00012345), figure(2), grouped(1234567)]).toEqual([
      '1.33',
      '0.000123',
      '2',
      '1,234,567',
    ]);
  });
});
