import type { Call, CallFacts, Source } from '../../calls/call';
import type { CallObservation } from '../../ports/observation';
import type { ToE164 } from '../../numbers/e164';
import { isBetter, rankOf, seesProgress } from '../sources/source-ranks';
import { keyName } from './call-media';
import type { OwnTransfer, RememberedCall, TimeSources } from './remembered-call';
import { SeenEnds } from './seen-ends';

/** A thing that the lead should have told by now, if it were so. */
export interface Doubt<T> {
  seen: T;
  /** When it arrived, ms since 1970 by our clock. */
  since: number;
}

/** A call that ends this soon (ms) after our own command was ended by it. */
const OWN_HANGUP = 15_000;
/** ms between the clocks of two sources */
const CLOCK_ERROR = 500;

/** One open call, and which source knows it by which key. */
export class TrackedCall {
  readonly keys = new Map<Source, string>();
  /** All that it ever had with the sources, with their keys, and the one that we gave it ourselves. */
  readonly names = new Set<string>();
  /** Sources that knew it when the phone was closed and have not spoken of it since: they may give it another key. */
  readonly silent = new Set<Source>();
  /** Sources that showed it, also those that say that it is over. */
  readonly seenBy = new Set<Source>();
  /** Sources whose call it may be, by the moment alone, and which have shown it as not answered only. */
  readonly guessedBy = new Set<Source>();
  /** Its end was told; whatever comes now is late. */
  over = false;
  /** Known from before the phone was opened and not seen since. */
  unseen = false;
  /** A source other than the lead saw it answered. */
  answerDoubt: Doubt<CallObservation> | undefined;
  /** What was seen of its end and has not been told, in favour of a source that knows more. */
  readonly ends = new SeenEnds();
  times: TimeSources;
  /** We sent it on to somebody else, and nobody has told what became of that. */
  transfer: OwnTransfer | undefined;
  private hangupSent: number | undefined;
  /** The number that came with its international form. */
  private international: { number: string; numberE164: string } | undefined;
  private readonly factSource = new Map<keyof CallFacts, Source>();

  /**
   * @param lead the source whose word counts for this call: the best one that knows it
   * @param since when it was first told of, ms since 1970 by our clock
   */
  constructor(
    readonly call: Call,
    public lead: Source,
    readonly since: number,
  ) {
    this.times = { start: lead };
    this.names.add(keyName({ source: 'watchdog', key: call.callId }));
  }

  /** The best source that knows this call and sees what happens between its beginning and its end. */
  get progressLead(): Source | undefined {
    const sources = [...this.keys.keys()].filter((source) => seesProgress(source) && !this.silent.has(source));
    return sources.sort((a, b) => rankOf(b) - rankOf(a))[0];
  }

  static remembered(remembered: RememberedCall): TrackedCall {
    const { keys, lead, call, factSources, times, hangupSent, transfer, ends } = remembered;
    const tracked = new TrackedCall({ ...call }, lead, call.startTime);
    for (const [source, key] of keys) {
      tracked.keys.set(source, key);
      tracked.names.add(keyName({ source, key }));
      tracked.silent.add(source);
      tracked.seenBy.add(source);
    }
    for (const [name, source] of factSources) tracked.factSource.set(name, source);
    for (const { seen, since } of ends) tracked.ends.add(seen, since);
    tracked.times = { ...times };
    tracked.hangupSent = hangupSent;
    tracked.transfer = transfer;
    tracked.unseen = true;
    return tracked;
  }

  memory(): RememberedCall {
    const { lead, call, hangupSent, transfer } = this;
    return {
      keys: [...this.keys],
      lead,
      call: { ...call },
      factSources: [...this.factSource],
      times: { ...this.times },
      ends: this.ends.all,
      ...(hangupSent !== undefined && { hangupSent }),
      ...(transfer && { transfer }),
    };
  }

  lookAway(): void {
    this.unseen = true;
    for (const source of this.keys.keys()) this.silent.add(source);
    this.answerDoubt = undefined;
  }

  /** The source shows it now, under the key that it is linked with. */
  shownBy(source: Source): void {
    this.silent.delete(source);
    // The history may have been left without an end by a crash.
    if (!this.unseen || source === 'history') return;
    this.unseen = false;
    // Who led it before may not be there any more.
    this.lead = source;
  }

  /** Whether this source knows it by a key that it goes on using. */
  isKnownTo(source: Source): boolean {
    return this.keys.has(source) && !this.silent.has(source);
  }

  /** What this source has shown as not answered may be another call: this one was answered, as a better one knows. */
  isDoubtfulTo(source: Source): boolean {
    return this.guessedBy.has(source) && this.call.answerTime !== undefined && isBetter(this.lead, source);
  }

  /** The lead says that it is over. */
  get leadSawEnd(): boolean {
    return this.ends.by(this.lead) !== undefined;
  }

  noteHangup(now: number): void {
    this.hangupSent = now;
  }

  noteTransfer(transfer: OwnTransfer | undefined): void {
    this.transfer = transfer;
  }

  /** An end that comes now is the effect of our own command. */
  wasHungUp(now: number): boolean {
    return this.hangupSent !== undefined && now - this.hangupSent <= OWN_HANGUP;
  }

  /** The lead has spoken: what others said against it before that is settled. */
  believe({ time }: CallObservation): void {
    if (this.answerDoubt && time > this.answerDoubt.seen.time + CLOCK_ERROR) this.answerDoubt = undefined;
    this.ends.forgetBefore(time - CLOCK_ERROR);
  }

  /** What a source knows replaces what worse ones knew. */
  learn({ facts, source, direction }: Pick<CallObservation, 'facts' | 'source' | 'direction'>, e164?: ToE164): void {
    const { numberE164, nameSource, ...others } = facts;
    const { number } = facts;
    if (number !== undefined && numberE164 !== undefined) this.international = { number, numberE164 };
    for (const [name, value] of Object.entries(others) as [keyof CallFacts, string | undefined][]) {
      const from = this.factSource.get(name);
      const isWorse = from !== undefined && rankOf(from) > rankOf(source);
      if (value === undefined || value === '') continue;
      if (name === 'name' ? !this.takesName(nameSource, isWorse) : isWorse) continue;
      this.factSource.set(name, source);
      Object.assign(this.call, { [name]: value });
    }
    if (direction && !this.call.direction) this.call.direction = direction;
    if (this.international && this.international.number === this.call.number)
      this.call.numberE164 = this.international.numberE164;
    else internationalise(this.call, e164);
  }

  /** What the network said counts more than the contacts, whoever tells it. */
  private takesName(nameSource: CallFacts['nameSource'], isWorse: boolean): boolean {
    const { call } = this;
    const isFromNetwork = call.name !== undefined && call.nameSource === undefined;
    if (nameSource === undefined ? isWorse && isFromNetwork : isWorse || isFromNetwork) return false;
    if (nameSource === undefined) delete call.nameSource;
    else call.nameSource = nameSource;
    return true;
  }
}

export function internationalise(call: Call, e164?: ToE164): void {
  const international = call.number === undefined ? undefined : e164?.(call.number);
  if (international === undefined) delete call.numberE164;
  else call.numberE164 = international;
}
