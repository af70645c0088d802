import type { Format, NDArray, Stream } from '../../kernel/index.js';
import type { ArrayContext } from '../generate/context.js';
import type { Argument, InputSpec } from '../spec.js';

/** Ways to draw a hyper-parameter, by name; undefined leaves it out. */
export type ParameterStyles = Readonly<Record<string, (draws: Stream) => Argument | undefined>>;

/** All that a kind means: to whoever draws, shrinks, moves, rounds, forbids and describes. */
export interface KindMeaning {
  /** What the elements are, in a few words. */
  readonly words: string;
  /** True for the numbers of the kind, among finite ones. */
  readonly contains: (value: number) => boolean;
  /** The largest number of the kind. */
  readonly most?: number;

  /** The array, by one of the kind's styles; beside a mate, in one of its relations. */
  readonly draw?: (context: ArrayContext, mate: NDArray | undefined) => Float64Array;
  /** What a dense array is spread over. */
  readonly dense?: readonly [low: number, high: number];
  /** Fills an array in which all elements are alike. */
  readonly constant?: (draws: Stream) => number;
  /** Hyper-parameters of the kind. */
  readonly parameter?: ParameterStyles;

  /** Whether the judge may move the elements; of counts, only the data. */
  readonly moves?: true | 'in arrays';
  /** An exact 1 is an end of the range, and does not move. */
  readonly oneStays?: true;
  /** To which sides data may be nudged, off a kink. */
  readonly nudges?: 'both ways' | 'up';
  /** Names and counts something, and so is the same in every format. */
  readonly exact?: true;
  /** What a number becomes whose nearest one in the format is no longer of the kind. */
  readonly held?: (nearest: number, value: number, format: Format) => number;

  /** Rows mean something as a whole: elements are not simplified one by one. */
  readonly byRows?: true;
  /** Values that a formula refuses, as an element and as a hyper-parameter. */
  readonly forbidden: (input: InputSpec, isArray: boolean) => readonly Argument[];
}
