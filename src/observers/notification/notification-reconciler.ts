import type { Direction, OpenCallState } from '../../phone/calls/call';
import { sameNumber } from '../../phone/numbers/same-number';
import type { Observation } from '../../phone/ports/observation';
import type { Notification } from '../../documented/notification';

interface NotifiedCall {
  key: string;
  state: OpenCallState;
  /** Absent for a call that was first told of when it was connected already. */
  direction?: Direction;
  number?: string;
}

/** A program that never tells of ends must not fill the memory. */
const MOST_CALLS = 32;

/**
 * Makes calls of notifications. They name a call by nothing but its number, or not at all; then the newest call that the
 * event fits is meant. Everything is inferred: whoever writes such messages may leave some out.
 */
export class NotificationReconciler {
  /** Oldest first. */
  private calls: NotifiedCall[] = [];
  private time = 0;

  /** @param nextKey number of the first key; keys are `notification:<number>` and must not come again in another run */
  constructor(private nextKey = 1) {}

  /** @param time ms since 1970 */
  take({ event, number }: Notification, time: number): Observation[] {
    this.time = Math.max(this.time, time);
    switch (event) {
      case 'ringing':
        return this.ring(number);
      case 'connected':
        return this.move('connected', number, ['ringing', 'held', 'connected']);
      case 'held':
        return this.move('held', number, ['connected', 'held', 'ringing']);
      case 'ended': {
        const call = this.find(number, ['connected', 'held', 'ringing']);
        return call ? [this.end(call)] : [];
      }
      case 'idle':
        return [...this.calls].map((call) => this.end(call));
    }
  }

  /** The program that told of the calls is gone; what becomes of them is somebody else's to tell. */
  forget(): void {
    this.calls = [];
  }

  private ring(number: string | undefined): Observation[] {
    const known = this.find(number, ['ringing']);
    if (known) return [this.seen(known)];
    // The same number in a call: a ringing that is told of late, not a second call.
    if (number !== undefined && this.find(number, ['connected', 'held'])?.number !== undefined) return [];
    return this.begin({ state: 'ringing', direction: 'inbound', ...(number !== undefined && { number }) });
  }

  private move(state: OpenCallState, number: string | undefined, from: readonly OpenCallState[]): Observation[] {
    const call = this.find(number, from);
    if (!call) return this.begin({ state, ...(number !== undefined && { number }) });
    call.state = state;
    if (number !== undefined) call.number ??= number;
    return [this.seen(call)];
  }

  private begin(call: Omit<NotifiedCall, 'key'>): Observation[] {
    const [oldest] = this.calls;
    const overflow = oldest && this.calls.length >= MOST_CALLS ? [this.end(oldest)] : [];
    const begun = { key: `notification:${this.nextKey}`, ...call };
    this.nextKey += 1;
    this.calls.push(begun);
    return [...overflow, this.seen(begun)];
  }

  /** With a number: its call, else the one whose number is not known. Without: the newest in the first fitting state. */
  private find(number: string | undefined, states: readonly OpenCallState[]): NotifiedCall | undefined {
    const fitting = states.flatMap((state) => this.calls.filter((call) => call.state === state).reverse());
    if (number === undefined) return fitting[0];
    return (
      fitting.find((call) => call.number !== undefined && sameNumber(call.number, number, () => undefined)) ??
      fitting.find((call) => call.number === undefined)
    );
  }

  private seen({ key, state, direction, number }: NotifiedCall): Observation {
    return {
      type: 'call',
      time: this.time,
      source: 'notification',
      key,
      ...(direction && { direction }),
      state,
      facts: { ...(number !== undefined && { number }) },
      inferred: true,
    };
  }

  private end(call: NotifiedCall): Observation {
    this.calls = this.calls.filter((one) => one !== call);
    return { type: 'call_ended', time: this.time, source: 'notification', key: call.key, ending: {}, inferred: true };
  }
}
