import type { Source } from '../../calls/call';

/**
 * Which sources can be relied on to tell of a call. One that was silent about a call that another one saw is not waited
 * for again until it says something.
 */
export class LiveSources {
  private readonly live = new Set<Source>();
  private readonly ever = new Set<Source>();

  heard(source: Source): void {
    this.live.add(source);
    this.ever.add(source);
  }

  /** Also when it is not waited for any more. */
  wasHeard(source: Source): boolean {
    return this.ever.has(source);
  }

  has(source: Source): boolean {
    return this.live.has(source);
  }

  get all(): Source[] {
    return [...this.live];
  }

  giveUp(sources: readonly Source[]): void {
    for (const source of sources) this.live.delete(source);
  }
}
