import {
  closeSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from './usage-error.js';

/** A file that will hold a report: all of it, or whatever it held before. */
export interface ReportFile {
  readonly write: (text: string) => void;
}

/**
 * Makes sure, before a run, that its report can be written: better refused now than lost
 * after an hour.
 *
 * @throws UsageError if the path is a folder or a device, or its folder takes no files.
 */
export function prepareReportFile(path: string): ReportFile {
  const target = followLinks(path);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    // Asking for permission is not enough: a full or read-only disk grants it and takes nothing.
    closeSync(openSync(temporary, 'w'));
    rmSync(temporary);
  } catch (error) {
    throw new UsageError(
      `check: ${path} cannot be written (${reasonOf(error)}); name a file in a folder that exists and is yours`,
    );
  }
  return {
    write: (text) => {
      try {
        writeFileSync(temporary, text);
        // A rename replaces the file in one step, so that no reader ever meets half a report.
        renameSync(temporary, target);
      } catch (error) {
        rmSync(temporary, { force: true });
        throw new UsageError(`check: ${path} could not be written (${reasonOf(error)})`);
      }
    },
  };
}

/** The file behind a path; a rename would replace a link, or a device, by a file. */
function followLinks(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return resolve(path);
  if (status.isFile()) return realpathSync(path);
  const what = status.isDirectory() ? 'a folder' : 'not a file';
  throw new UsageError(`check: ${path} is ${what}; a report needs the name of a file`);
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'its folder is a file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  };
  return reasons[code ?? ''] ?? message;
}
