import type { Call, CallFacts, Source } from '../call';
import type { CallEndedObservation, CallObservation } from '../observation';
import type { RememberedCall } from './tracker-memory';
import { rankOf, seesProgress } from './sources';

/** A thing that the lead should have told by now, if it were so. */
interface Doubt<T> {
  seen: T;
  /** Arrival time, ms. */
  since: number;
}

/** ms after which an answer or an end that the lead did not tell of is taken from another source. */
export const CONFIRMED_WITHIN = 2000;
/** A call that ends this soon (ms) after our own command was ended by it. */
const OWN_HANGUP = 15_000;
/** ms between the clocks of two sources */
const CLOCK_ERROR = 500;

export type ToE164 = (number: string) => string | undefined;

/** One open call, and which source knows it by which key. */
export class TrackedCall {
  readonly keys = new Map<Source, string>();
  /** Sources that showed it, also those that say that it is over. */
  readonly seenBy = new Set<Source>();
  /** Its end was told; whatever comes now is late. */
  over = false;
  /** Known from before the phone was opened and not seen since. */
  unseen = false;
  /** A source other than the lead saw it answered. */
  answerDoubt: Doubt<CallObservation> | undefined;
  /** A source other than the lead saw its end. */
  endDoubt: Doubt<CallEndedObservation> | undefined;
  private hangupSent: number | undefined;
  private readonly factSource = new Map<keyof CallFacts, Source>();

  /**
   * @param lead the source that decides when the call begins, is answered and ends
   * @param since when it was first told of, ms since 1970 by our clock
   */
  constructor(
    readonly call: Call,
    public lead: Source,
    readonly since: number,
  ) {}

  /** The best source that knows this call and sees what happens between its beginning and its end. */
  get progressLead(): Source | undefined {
    return [...this.keys.keys()].filter(seesProgress).sort((a, b) => rankOf(b) - rankOf(a))[0];
  }

  static remembered({ keys, lead, call }: RememberedCall): TrackedCall {
    const tracked = new TrackedCall({ ...call }, lead, call.startTime);
    for (const [source, key] of keys) {
      tracked.keys.set(source, key);
      tracked.seenBy.add(source);
    }
    tracked.unseen = true;
    return tracked;
  }

  memory(): RememberedCall {
    return { keys: [...this.keys], lead: this.lead, call: { ...this.call } };
  }

  lookAway(): void {
    this.unseen = true;
    this.answerDoubt = undefined;
    this.endDoubt = undefined;
  }

  noteHangup(now: number): void {
    this.hangupSent = now;
  }

  /** An end that comes now is the effect of our own command. */
  wasHungUp(now: number): boolean {
    return this.hangupSent !== undefined && now - this.hangupSent <= OWN_HANGUP;
  }

  /** The lead has spoken: what others said against it before that is settled. */
  believe({ time }: CallObservation): void {
    if (this.answerDoubt && time > this.answerDoubt.seen.time + CLOCK_ERROR) this.answerDoubt = undefined;
    if (this.endDoubt && time > this.endDoubt.seen.time + CLOCK_ERROR) this.endDoubt = undefined;
  }

  /** What a source knows replaces what worse ones knew. */
  learn({ facts, source, direction }: Pick<CallObservation, 'facts' | 'source' | 'direction'>, e164?: ToE164): void {
    for (const [name, value] of Object.entries(facts) as [keyof CallFacts, string | undefined][]) {
      const from = this.factSource.get(name);
      if (value === undefined || value === '' || (from && rankOf(from) > rankOf(source))) continue;
      this.factSource.set(name, source);
      Object.assign(this.call, { [name]: value });
    }
    if (direction && !this.call.direction) this.call.direction = direction;
    internationalise(this.call, e164);
  }
}

export function internationalise(call: Call, e164?: ToE164): void {
  const international = call.number === undefined ? undefined : e164?.(call.number);
  if (international === undefined) delete call.numberE164;
  else call.numberE164 = international;
}
