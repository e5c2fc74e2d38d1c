import { systemClock, type Clock, type TimerOptions } from './clock';

interface Limit extends TimerOptions {
  clock?: Clock;
}

/** What comes of work that takes longer than it may. */
interface Instead<L> {
  /** In place of an answer; may throw. */
  late: () => L | Promise<L>;
}

/** Waits for the work, but no longer than this (ms). The work goes on all the same. */
export function withinTime<T, L>(work: Promise<T>, ms: number, limit: Limit & Instead<L>): Promise<T | L>;
export function withinTime<T>(work: Promise<T>, ms: number, limit?: Limit): Promise<T | undefined>;
export async function withinTime<T, L>(
  work: Promise<T>,
  ms: number,
  { late, clock = systemClock, ...timer }: Limit & Partial<Instead<L>> = {},
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
