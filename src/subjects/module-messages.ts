import type { SubjectDescription } from '../conformance/subject.js';
import type { Precision } from '../kernel/index.js';
import type { Packed } from './packed.js';

/** What the host of a module is told when it starts. */
export interface HostOptions {
  /** The module as the user named it. */
  readonly specifier: string;
  /** Its file as a URL, or the name of its package. */
  readonly location: string;
  /** The folder that packages are looked up from. */
  readonly directory: string;
}

/** From the suite to the host. */
export type HostRequest =
  | { readonly kind: 'load'; readonly options: HostOptions }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly calls: Packed;
      readonly dtype: Precision;
    };

/** From the host to the suite. */
export type HostReply =
  | { readonly kind: 'ready'; readonly description: SubjectDescription }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'answered'; readonly id: number; readonly outcomes: Packed };
