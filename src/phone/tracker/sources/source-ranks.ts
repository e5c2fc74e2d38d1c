import type { Source } from '../../calls/call';

/**
 * Which source is believed: log, else hooks, else window; the history only knows beginnings and ends. A status that is
 * asked for comes later than a notification and knows of one call.
 */
const RANK: Record<Source, number> = {
  simulator: 7,
  log: 6,
  hooks: 5,
  notification: 4,
  window: 3,
  status: 2,
  history: 1,
  watchdog: 0,
};

/** Hooks tell neither of ringing at the far end nor of holding, and the history of nothing in between. */
const SEES_PROGRESS: ReadonlySet<Source> = new Set<Source>(['simulator', 'log', 'notification', 'window', 'status']);

/** These tell the whole life of a call with its reasons. */
export function knowsBest(source: Source): boolean {
  return source === 'log' || source === 'simulator';
}

export function isBetter(one: Source, other: Source): boolean {
  return RANK[one] > RANK[other];
}

export function rankOf(source: Source): number {
  return RANK[source];
}

/** Whether it sees what happens to a call between its beginning, its answer and its end. */
export function seesProgress(source: Source): boolean {
  return SEES_PROGRESS.has(source);
}

/** Hooks and the documented interface have a number at most. */
const KNOWS_NAMES: ReadonlySet<Source> = new Set<Source>(['simulator', 'log', 'window', 'history']);

export function knowsNames(source: Source): boolean {
  return KNOWS_NAMES.has(source);
}
