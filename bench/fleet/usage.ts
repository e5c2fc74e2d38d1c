import { readFileSync } from 'node:fs';
import type { Usage } from './messages';

/** Of this process, which was started with --expose-gc. */
export function ownUsage(): Usage {
  const until = ownCpu();
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { until, from: ownCpu(), heap: heapUsed, rss };
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function added(usages: readonly Usage[]): Usage {
  const sum = (of: (usage: Usage) => number): number => usages.reduce((total, usage) => total + of(usage), 0);
  return {
    until: sum(({ until }) => until),
    from: sum(({ from }) => from),
    heap: sum(({ heap }) => heap),
    rss: sum(({ rss }) => rss),
  };
}

/** Linux counts in hundredths of a second. */
const TICK = 10;
const PAGE = 4096;

/** Of a program that is not ours, where the system tells it in files. */
export function usageOf(pid: number): Usage | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const cpu = (Number(fields[11]) + Number(fields[12])) * TICK;
    return { until: cpu, from: cpu, heap: 0, rss: Number(fields[21]) * PAGE };
  } catch {
    return undefined;
  }
}
