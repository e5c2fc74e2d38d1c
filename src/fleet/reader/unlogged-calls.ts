import type { CallEvent, FinishedCall } from '../../phone/phone-event';
import { RecentIds } from './recent-ids';

const LOGGED_KNOWN = 500;
/** No honest phone ends so many calls without telling of one. */
const MOST = 500;

/**
 * Calls whose end was told, and of which no call log knows yet: what the agent tells of them may be on its way, or lost.
 * Pure: no clock, no I/O.
 */
export class UnloggedCalls {
  private readonly logged = new RecentIds(LOGGED_KNOWN);
  private readonly calls = new Map<string, FinishedCall>();

  get isEmpty(): boolean {
    return this.calls.size === 0;
  }

  /** @returns whether it is one */
  ended({ event, call, source, confidence }: Pick<CallEvent, 'event' | 'call' | 'source' | 'confidence'>): boolean {
    if (event !== 'ended' || this.logged.has(call.callId) || this.calls.size >= MOST) return false;
    this.calls.set(call.callId, { call: { ...call }, replayed: false, source, confidence });
    return true;
  }

  /** @returns whether it is told for the first time */
  finished({ call: { callId } }: FinishedCall): boolean {
    this.calls.delete(callId);
    return this.logged.add(callId);
  }

  /** What is known of them, when nobody tells more. */
  conclude(): FinishedCall[] {
    const concluded = [...this.calls.values()];
    return concluded.filter((finished) => this.finished(finished));
  }
}
