import type { WindowSnapshot } from './window-snapshot';

/** Tells the process of a snapshot from every other one, also from a later one with the same id; undefined without one. */
export function processName({ pid, startedAt }: Pick<WindowSnapshot, 'pid' | 'startedAt'>): string | undefined {
  return pid === undefined ? undefined : `${pid} ${startedAt ?? ''}`;
}
