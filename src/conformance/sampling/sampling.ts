import type { NDArray } from '../../kernel/index.js';
import type { Sample } from '../law.js';
import type { Inputs } from '../spec.js';
import type { Slack } from './slack.js';

/**
 * How the draws of a formula are judged: what is asked of a subject, and what the answers, taken
 * together, say. The statistics of every formula are bounded by proof, so that no verdict is
 * luck, and judging draws no numbers of its own: the same draws have the same verdict.
 */
export interface Sampling {
  /** What is asked, call by call. */
  readonly calls: readonly Inputs[];
  readonly tests: readonly SampleTest[];
  /** What ought to be drawn, in words: `uniform on [−l, l]`. */
  readonly law: string;
  /** How the reference draws. */
  readonly sample: Sample;
  /** Other right ways to draw; every test must acquit each one. */
  readonly alternatives: Readonly<Record<string, Sample>>;
  /** The draws of a call apart from what was asked: weights over their limit, what is left of an input. */
  readonly standard: (draws: Draws) => Float64Array;
}

/** What one call was asked and what it answered, in the shape that was asked for. */
export interface Draws {
  readonly inputs: Inputs;
  readonly answer: NDArray;
}

/** One thing that honest draws are, and the statistics that would betray others. */
export interface SampleTest {
  /** Finishes "Xavier uniform …", in the present tense. */
  readonly sentence: string;
  readonly statistics: (draws: readonly Draws[], slack: Slack) => readonly Statistic[];
}

/** A figure of the draws, and how likely it is. */
export interface Statistic {
  /** A bound on the probability that honest draws give a figure as far off. */
  readonly p: number;
  /** Set where the figure alone proves the draws wrong: a number out of range. */
  readonly proof?: true;
  /** The number of the call that shows it best. */
  readonly call: number;
  /** `the variance of 2,048 draws of shape [16, 128] is 1.33 times the right one`. */
  readonly finding: () => string;
  readonly expected: () => string;
  readonly got: () => string;
}

/** Of all verdicts about honest samplers, at most this share is a rejection. */
export const FALSE_ALARMS = 1e-10;

/** What a test found, if anything; by the sentence of the test. */
export type Verdict = ReadonlyMap<string, Statistic | undefined>;

/** Judges draws: what each test finds worst, where it finds anything. */
export function verdictOf(
  tests: readonly SampleTest[],
  draws: readonly Draws[],
  slack: Slack,
  falseAlarms = FALSE_ALARMS,
): Verdict {
  const found = damningOf(tests, draws, slack, falseAlarms);
  return new Map(
    tests.map(({ sentence }) => [
      sentence,
      worst([...(found.get(sentence) ?? new Map()).values()]),
    ]),
  );
}

/**
 * The statistics that damn draws, by the sentence of their test and their place in it. The error
 * of all tests together is bounded: a figure counts where it is rarer than the false alarms
 * allowed, divided by how many figures were looked at.
 */
export function damningOf(
  tests: readonly SampleTest[],
  draws: readonly Draws[],
  slack: Slack,
  falseAlarms = FALSE_ALARMS,
): ReadonlyMap<string, ReadonlyMap<number, Statistic>> {
  const found = tests.map(({ sentence, statistics }) => ({
    sentence,
    statistics: statistics(draws, slack),
  }));
  const looked = found.flatMap(({ statistics }) => statistics.filter(({ proof }) => !proof)).length;
  return new Map(
    found.map(({ sentence, statistics }) => {
      const damning = [...statistics.entries()].filter(
        ([, { p, proof }]) => proof === true || p * looked <= falseAlarms,
      );
      return [sentence, new Map(damning)];
    }),
  );
}

/** The least likely; of those that are as unlikely, the first. */
function worst(statistics: readonly Statistic[]): Statistic | undefined {
  let least: Statistic | undefined;
  for (const statistic of statistics) {
    if (least === undefined || statistic.p < least.p) least = statistic;
  }
  return least;
}
