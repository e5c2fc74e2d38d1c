import type { SameNumber } from '../../numbers/same-number';

export interface DialIntent {
  callId: string;
  number: string;
  time: number;
}

/** A call that has not shown up after this time (ms) is not going to be the one that was dialled. */
const LIFETIME = 30_000;
/** MicroSIP may rewrite a number (prefix, dial plan), so a call right after a dial (ms) is taken for the dialled one. */
const SAME_MOMENT = 3_000;

/** Dials that MicroSIP has taken and whose calls have not been seen yet. */
export class DialIntents {
  private intents: DialIntent[] = [];

  constructor(
    private readonly sameNumber: SameNumber,
    remembered: readonly DialIntent[] = [],
  ) {
    this.intents = [...remembered];
  }

  get all(): readonly DialIntent[] {
    return this.intents;
  }

  add(intent: DialIntent): void {
    this.intents.push(intent);
  }

  /** The number of dials younger than `maxAge` ms whose calls have not been seen. */
  count(now: number, maxAge: number): number {
    return this.intents.filter((intent) => now - intent.time <= maxAge).length;
  }

  /**
   * Takes the dial that led to an outbound call with this number (unknown: any): the last one, since the next is not sent
   * before a call has been seen, unless MicroSIP has made none.
   */
  take(number: string | undefined, now: number): DialIntent | undefined {
    this.intents = this.intents.filter((intent) => now - intent.time <= LIFETIME);
    const found =
      this.intents.findLast((intent) => number === undefined || this.sameNumber(intent.number, number)) ??
      this.intents.findLast((intent) => now - intent.time <= SAME_MOMENT);
    if (found) this.intents = this.intents.filter((intent) => intent !== found);
    return found;
  }

  clear(): void {
    this.intents = [];
  }
}
