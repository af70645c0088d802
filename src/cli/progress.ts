/** What is under way, told to whoever waits at a terminal. */
export interface Progress {
  /** Says what is under way from now on. */
  readonly tell: (what: string) => void;
  readonly end: () => void;
}

/** How long something may take before it is said how long it has taken. */
const A_SECOND = 1000;

/** Shows what is under way, and counts its seconds. */
export function startProgress(show: (line: string) => void): Progress {
  let what = '';
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    show(`${what} … ${seconds} s`);
  }, A_SECOND);
  // It keeps nobody waiting.
  timer.unref();
  return {
    tell: (next) => {
      what = next;
      seconds = 0;
      timer.refresh();
      show(`${what} …`);
    },
    end: () => {
      clearInterval(timer);
      show('');
    },
  };
}
