export interface Watchdog {
  /** Starts the clock anew, unless it already runs for the same thing. */
  watch(subject: object | undefined): void;
}

/** Calls `expired` when something has been watched for too long. */
export function watchdog(limit: number, expired: () => void): Watchdog {
  let watched: object | undefined;
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  const arm = (): void => {
    since = performance.now();
    timer = setTimeout(expire, limit);
  };
  const expire = (): void => {
    // This side was busy itself, and did not read what may have come long ago.
    if (performance.now() - since > 1.5 * limit + 50) {
      arm();
      return;
    }
    // Timers come before input: an answer that is waiting to be read is in time.
    const subject = watched;
    setImmediate(() => {
      if (watched === subject && watched !== undefined) expired();
    });
  };
  return {
    watch: (subject) => {
      if (subject === watched) return;
      watched = subject;
      clearTimeout(timer);
      if (subject !== undefined) arm();
    },
  };
}
