import type { Position } from '../protocol/position';
import { RecentIds } from './recent-ids';

const PAST_SESSIONS = 16;
/** An agent keeps a thousand events at most: so far behind is no state that is only late. */
const FARTHEST_AHEAD = 1000;

/** Where a reader is in what the agents of one phone tell, one after the other. */
export class SessionOrder {
  private current: string | undefined;
  private readonly past = new RecentIds(PAST_SESSIONS);
  private newest = 0;
  /** Of the newest event that was seen, or is known to have been missed. */
  seq = 0;

  get session(): string | undefined {
    return this.current;
  }

  /** ms since 1970 by the agent's clock: the latest time that the present session has told. */
  get newestTime(): number {
    return this.newest;
  }

  /**
   * A message that tells of this moment (by the agent's clock, if it tells) belongs to a session. Of two agents that fight
   * for a phone, the one that says last how things stand has it.
   * @param isState it tells how things stand: that also begins a session whose clock is behind the one before
   * @returns `new` when a session begins with it, `stale` when it is of one that is over
   */
  enter(session: string, time: number | undefined, isState: boolean): 'present' | 'new' | 'stale' {
    if (session === this.current) {
      this.newest = Math.max(this.newest, time ?? 0);
      return 'present';
    }
    const isLater = time !== undefined && time >= this.newest;
    const isPast = this.past.has(session);
    const begins = isState ? isLater || !isPast : isLater && !isPast;
    if (this.current !== undefined && !begins) return 'stale';
    if (this.current !== undefined) this.past.add(this.current);
    this.current = session;
    this.newest = time ?? 0;
    this.seq = 0;
    return 'new';
  }

  /**
   * An event that was none may have had any number, and all real ones would be taken for repeated.
   * @param seq of a state of the present session
   * @returns whether it counts from now on
   */
  believe(seq: number): boolean {
    if (this.seq - seq <= FARTHEST_AHEAD) return false;
    this.seq = seq;
    return true;
  }

  /** @returns `gap` when events before it are missing, `repeated` for one that is not new */
  next({ seq }: Pick<Position, 'seq'>): 'next' | 'gap' | 'repeated' {
    if (seq <= this.seq) return 'repeated';
    const isNext = seq === this.seq + 1;
    this.seq = seq;
    return isNext ? 'next' : 'gap';
  }
}
