import { phoneOf, stepOf } from './calls';
import type { Arrived, Played } from './messages';

interface PhoneTally {
  /** Of steps that were played and have not arrived: when (ms). */
  played: Map<number, number>;
  /** Of steps that have arrived before it was told that they were played. */
  early: Map<number, number>;
  /** Steps up to here have arrived, or were passed over. */
  next: number;
  passedOver: Set<number>;
}

/** Holds what came out of the fleet node against what was done at the phones. */
export class Tally {
  /** ms from a step at the phone to the message out of the fleet node. */
  readonly latencies: number[] = [];
  /** That were played. */
  steps = 0;
  doubled = 0;
  outOfOrder = 0;
  private readonly phones = new Map<number, PhoneTally>();

  played(steps: readonly Played[]): void {
    this.steps += steps.length;
    for (const [phone, step, at] of steps) {
      const tally = this.of(phone);
      const arrived = tally.early.get(step);
      if (arrived === undefined) tally.played.set(step, at);
      else {
        tally.early.delete(step);
        this.latencies.push(arrived - at);
      }
    }
  }

  arrived(events: readonly Arrived[]): void {
    for (const [id, event, number, at] of events) {
      const step = stepOf(event, number);
      if (step !== undefined) this.arrive(this.of(phoneOf(id)), step, at);
    }
  }

  /** So far. */
  get lost(): number {
    return [...this.phones.values()].reduce((sum, { played }) => sum + played.size, 0);
  }

  /** What was never played. */
  get invented(): number {
    return [...this.phones.values()].reduce((sum, { early }) => sum + early.size, 0);
  }

  private arrive(tally: PhoneTally, step: number, at: number): void {
    if (step < tally.next) {
      if (tally.passedOver.delete(step)) this.outOfOrder += 1;
      else {
        this.doubled += 1;
        return;
      }
    }
    for (; tally.next < step; tally.next += 1) tally.passedOver.add(tally.next);
    tally.next = Math.max(tally.next, step + 1);
    const played = tally.played.get(step);
    if (played === undefined) tally.early.set(step, at);
    else {
      tally.played.delete(step);
      this.latencies.push(at - played);
    }
  }

  private of(phone: number): PhoneTally {
    const tally = this.phones.get(phone) ?? { played: new Map(), early: new Map(), next: 0, passedOver: new Set() };
    this.phones.set(phone, tally);
    return tally;
  }
}
