import { systemClock, type Clock, type TimerOptions } from './clock';

/** What comes of work that takes longer than it may. */
export interface Limit<L> extends TimerOptions {
  /** In place of an answer; may throw. Absent: undefined. */
  late?: () => L | Promise<L>;
  clock?: Clock;
}

/** Waits for the work, but no longer than this (ms). The work goes on all the same. */
export async function withinTime<T, L = undefined>(
  work: Promise<T>,
  ms: number,
  { late, clock = systemClock, ...timer }: Limit<L> = {},
): Promise<T | L | undefined> {
  let cancel: (() => void) | undefined;
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve, timer);
  });
  try {
    return await Promise.race([work, over.then(() => late?.())]);
  } finally {
    cancel?.();
  }
}
