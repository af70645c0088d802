import { type SubjectDescription, SubjectError } from '../conformance/subject.js';
import type { Precision } from '../kernel/index.js';

/** The format that was asked for, or else the one that the subject prefers. */
export function chooseDtype(
  { name, dtypes }: SubjectDescription,
  wanted: Precision | undefined,
): Precision {
  const dtype = wanted ?? dtypes[0];
  if (dtype === undefined || !dtypes.includes(dtype)) {
    throw new SubjectError(
      `subject: dtype must be one that ${name} offers, ${dtypes.join(' or ')}, got ${dtype}`,
    );
  }
  return dtype;
}
