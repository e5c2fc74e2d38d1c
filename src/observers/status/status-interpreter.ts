import type { CallObservation, Observation } from '../../phone/observation';

const STATES = { 1: 'ringing', 2: 'connected', 3: 'held' } as const;

interface StatusCall {
  key: string;
  state: (typeof STATES)[keyof typeof STATES];
  direction?: 'inbound';
  number?: string | undefined;
}

/**
 * Turns samples of the documented status (design document, section 6) into observations of one call at a time. All of
 * it is inferred: between two samples a call may have ended and another begun.
 */
export class StatusInterpreter {
  private call: StatusCall | undefined;
  private count = 0;

  /**
   * @param status 0 idle, 1 ringing, 2 active, 3 hold, 4 disconnected; anything else says nothing
   * @param number the far end, where it is known
   * @param time ms since 1970
   */
  look(status: number, number: string | undefined, time: number): Observation[] {
    if (status === 0 || status === 4) return this.end(time);
    const state = STATES[status as keyof typeof STATES] as StatusCall['state'] | undefined;
    if (!state) return [];
    const ended = this.isAnother(state, number) ? this.end(time) : [];
    const current = this.call;
    if (current?.state === state && (number === undefined || current.number === number)) return ended;
    this.call = {
      ...(current ?? { key: `status-${++this.count}`, ...(state === 'ringing' && { direction: 'inbound' as const }) }),
      state,
      number: number ?? current?.number,
    };
    return [...ended, observationOf(this.call, time)];
  }

  /** A call does not ring again once it was answered, and does not change its far end. */
  private isAnother(state: StatusCall['state'], number: string | undefined): boolean {
    if (!this.call) return false;
    if (state === 'ringing' && this.call.state !== 'ringing') return true;
    return number !== undefined && this.call.number !== undefined && number !== this.call.number;
  }

  private end(time: number): Observation[] {
    if (!this.call) return [];
    const { key } = this.call;
    this.call = undefined;
    return [{ type: 'call_ended', time, source: 'status', key, ending: {}, inferred: true }];
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
