import type { CallObservation, Observation } from '../../phone/ports/observation';

const DISCONNECTED = 4;
const STATES = { 1: 'ringing', 2: 'connected', 3: 'held' } as const;
/** A dial that the peer took and of whose call it does not tell within this time (ms) led to none. */
const DIAL_SHOWS = 3000;

export interface StatusCall {
  key: string;
  state: 'dialing' | 'alerting' | 'ringing' | 'connected' | 'held';
  /** Absent for a call that was first seen when it was connected already. */
  direction?: 'inbound' | 'outbound';
  number?: string;
  /** Of a dial that no status has shown yet: when, in ms since 1970. */
  dialledAt?: number;
}

/** Never the same, so that no later call is taken for an earlier one. */
let keys = 0;
function nextKey(): string {
  keys += 1;
  return `status:${keys}`;
}

/**
 * Turns samples of the documented status (docs/microsip/older-interface.md#status) into observations of one call at a
 * time. All of it is inferred: between two samples a call may have ended and another begun.
 *
 * The status 1 says that something rings, not where: it is the far end after a dial of ours, else a call to us.
 */
export class StatusInterpreter {
  private call: StatusCall | undefined;
  private latest: number | undefined;
  private told: StatusCall | undefined;

  /** The open call, for `recall` of a later interpreter. */
  get open(): StatusCall | undefined {
    return this.call;
  }

  /** Takes up a call of an earlier interpreter; the next sample shows whether it goes on. */
  recall(call: StatusCall): void {
    this.call = call;
    this.told = undefined;
  }

  /** The peer and its calls are gone; what becomes of them is somebody else's to tell. */
  forget(): void {
    this.call = undefined;
    this.latest = undefined;
  }

  /**
   * The peer took a dial of ours.
   * @param time ms since 1970
   */
  dialled(number: string, time: number): Observation[] {
    const ended = this.end(time);
    this.call = { key: nextKey(), state: 'dialing', direction: 'outbound', number, dialledAt: time };
    return [...ended, ...this.tell(time)];
  }

  /** The peer took an order to end its call: one that no status has shown yet is not waited for any longer. */
  hungUp(): void {
    delete this.call?.dialledAt;
  }

  /**
   * @param status 0 idle, 1 ringing, 2 active, 3 hold, 4 disconnected; anything else says nothing
   * @param number the far end as an integer, where it is known
   * @param time ms since 1970
   */
  look(status: number, number: string | undefined, time: number): Observation[] {
    const before = this.latest;
    this.latest = status;
    if (status === 0 || status === DISCONNECTED) {
      const unseen = this.call?.dialledAt !== undefined && time - this.call.dialledAt < DIAL_SHOWS;
      // A peer may go on saying of the call before that it was disconnected.
      const isNews = status === DISCONNECTED && before !== DISCONNECTED;
      return unseen && !isNews ? this.tell(time) : this.end(time);
    }
    const state = STATES[status as keyof typeof STATES] as (typeof STATES)[keyof typeof STATES] | undefined;
    if (!state) return [];
    const ended = this.isAnother(state, number) ? this.end(time) : [];
    this.move(state, number);
    return [...ended, ...this.tell(time)];
  }

  /** ms until something can be decided although nothing new is seen */
  decidesIn(time: number): number | undefined {
    const { dialledAt } = this.call ?? {};
    return dialledAt === undefined ? undefined : Math.max(1, dialledAt + DIAL_SHOWS - time);
  }

  private move(state: (typeof STATES)[keyof typeof STATES], number: string | undefined): void {
    const known: StatusCall = this.call ?? {
      key: nextKey(),
      state,
      ...(state === 'ringing' && { direction: 'inbound' as const }),
    };
    const rings = known.direction === 'outbound' ? 'alerting' : 'ringing';
    // An integer has lost the plus and leading zeros of what was dialled.
    this.call = { ...(number !== undefined && { number }), ...known, state: state === 'ringing' ? rings : state };
    delete this.call.dialledAt;
  }

  /** A call does not ring again once it was answered, and does not change its far end. */
  private isAnother(state: string, number: string | undefined): boolean {
    if (!this.call) return false;
    const { state: before, direction, number: known = number } = this.call;
    if (state === 'ringing' && (before === 'connected' || before === 'held')) return true;
    // What was dialled and what the peer makes of it may be written differently.
    return direction !== 'outbound' && number !== undefined && number !== known;
  }

  private end(time: number): Observation[] {
    if (!this.call) return [];
    const { key } = this.call;
    this.call = undefined;
    return [{ type: 'call_ended', time, source: 'status', key, ending: {}, inferred: true }];
  }

  /** Each change once. */
  private tell(time: number): Observation[] {
    const { call, told } = this;
    if (!call || (told?.key === call.key && told.state === call.state && told.number === call.number)) return [];
    this.told = call;
    return [observationOf(call, time)];
  }
}

function observationOf({ key, state, direction, number }: StatusCall, time: number): CallObservation {
  return {
    type: 'call',
    time,
    source: 'status',
    key,
    ...(direction && { direction }),
    state,
    // The document does not tell who holds the call.
    facts: { ...(number !== undefined && { number }) },
    inferred: true,
  };
}
