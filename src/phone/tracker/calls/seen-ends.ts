import type { CallEnding, Source } from '../../calls/call';
import type { CallEndedObservation } from '../../ports/observation';
import { rankOf } from '../sources/source-ranks';

/** How much a source knows of the reason of an end: the history has it from SIP, hooks only know busy from not busy. */
const CAUSE_RANK: Partial<Record<Source, number>> = { simulator: 9, log: 8, history: 7 };

export interface SeenEnd {
  seen: CallEndedObservation;
  /** When it arrived, ms since 1970 by our clock. */
  since: number;
}

/** What the sources said of the end of one call. */
export class SeenEnds {
  private readonly ends = new Map<Source, SeenEnd>();

  add(seen: CallEndedObservation, since: number): void {
    this.ends.set(seen.source, { seen, since: this.ends.get(seen.source)?.since ?? since });
  }

  get all(): SeenEnd[] {
    return [...this.ends.values()];
  }

  by(source: Source): SeenEnd | undefined {
    return this.ends.get(source);
  }

  /** When the first of them came, ms since 1970 by our clock; undefined when nobody saw the end. */
  get since(): number | undefined {
    return this.ends.size === 0 ? undefined : Math.min(...this.all.map(({ since }) => since));
  }

  /** Of the source that is believed most. */
  get best(): CallEndedObservation | undefined {
    return this.all.sort((a, b) => rankOf(b.seen.source) - rankOf(a.seen.source))[0]?.seen;
  }

  /** Somebody knows what became of a call that nobody answered. */
  get cause(): boolean {
    return this.all.some(({ seen: { ending, inferred, source } }) => {
      if (ending.elsewhere === true || ending.endedBy === 'local') return true;
      return ending.sipStatus !== undefined && (inferred !== true || source === 'history');
    });
  }

  /** What all of them know together; the better one's word counts. */
  get ending(): CallEnding {
    const rank = ({ seen: { source } }: SeenEnd): number => CAUSE_RANK[source] ?? rankOf(source);
    return Object.assign(
      {},
      ...this.all.sort((a, b) => rank(a) - rank(b)).map(({ seen }) => seen.ending),
    ) as CallEnding;
  }

  forgetBefore(time: number): void {
    for (const [source, { seen }] of this.ends) if (seen.time < time) this.ends.delete(source);
  }
}
