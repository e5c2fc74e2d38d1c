import { systemClock, type Clock } from '../../clock';
import type { ProcessFacts } from './processes';

/**
 * Since when processes run, by a clock that nobody sets. Windows tells it by one that may have been set since, so each is
 * compared with that only once, when it is seen first.
 */
export class ProcessStarts {
  private known = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, 'monotonic' | 'wall'> = systemClock) {}

  /**
   * @param processes all that are there now; what is known of others is forgotten
   * @returns ms by `monotonic` for each of them; undefined when Windows does not let us know
   */
  of(processes: readonly (ProcessFacts & { pid: number })[]): (number | undefined)[] {
    const now = this.clock.monotonic();
    const wall = this.clock.wall();
    const known = new Map<string, number>();
    const starts = processes.map(({ pid, startedAt }) => {
      if (startedAt === undefined) return undefined;
      const name = `${pid} ${startedAt}`;
      // A start in the future was in the past, before the clock was set.
      const start = this.known.get(name) ?? now - Math.max(wall - startedAt, 0);
      known.set(name, start);
      return start;
    });
    this.known = known;
    return starts;
  }
}
