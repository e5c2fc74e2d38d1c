import type { PhoneState, Source } from '../../calls/call';
import type { FinishedCall, Told } from '../../phone-event';
import type { Conclusion, Grounds } from './conclusions';
import { CallMedia } from '../calls/call-media';
import { CallRegistry } from '../calls/call-registry';
import { EventList, type Happening } from './event-list';
import { RegistrationLead } from '../sources/registration-lead';
import { LiveSources } from '../sources/live-sources';
import { TrackedCall } from '../calls/tracked-call';
import type { TrackerMemory } from './tracker-memory';
import { stateOfPhone } from '../calls/call-priority';

/** How and why something is told. */
export interface Telling {
  source: Source;
  inferred?: boolean;
  /** ms since 1970, as the source says; absent: now */
  seenAt?: number;
  why: Grounds;
  /** Of an end: all names that the call has had with the sources. */
  keys?: ReadonlySet<string>;
}

/** What all parts of the call tracker share: the clock, the calls, and the list of what is to be told. */
export class TrackerState {
  readonly registry = new CallRegistry();
  readonly live = new LiveSources();
  readonly media: CallMedia;
  readonly registrationLead: RegistrationLead;
  /** MicroSIP is there, so that there can be calls. */
  online: boolean;
  /** The sources have not told yet what was there when the phone was opened. */
  opening = true;
  /** Of the latest input, ms since 1970 by our clock; never runs backwards. */
  now = 0;
  private readonly events = new EventList();
  private concluded: Conclusion[] = [];

  constructor(memory: TrackerMemory | undefined) {
    for (const call of memory?.calls ?? []) this.registry.add(TrackedCall.remembered(call));
    this.media = new CallMedia(memory?.finished);
    this.registry.retireAgain(memory?.retired ?? []);
    this.online = memory?.online ?? false;
    this.registrationLead = new RegistrationLead(memory?.registration);
  }

  /** A new input; what followed from the one before has been told. */
  begin(at: number): void {
    this.now = Math.max(this.now, at);
    this.events.begin(this.phoneState);
    if (this.concluded.length > 0) this.concluded = [];
  }

  get told(): Told[] {
    return this.events.all;
  }

  /** What follows from the latest input, with its reasons. */
  get conclusions(): readonly Conclusion[] {
    return this.concluded;
  }

  get phoneState(): PhoneState {
    return this.online ? stateOfPhone(this.registry.open.map(({ call }) => call)) : 'offline';
  }

  emit(happening: Happening, { source, inferred = false, seenAt = this.now, why, keys }: Telling): void {
    const registration = this.registrationLead.current;
    const knowledge = { source, inferred, registration, state: this.phoneState, seenAt };
    const told = this.events.add(happening, knowledge, this.now);
    const callId = told.call?.callId;
    this.concluded.push({ source, ...why, event: told.event, ...(callId !== undefined && { callId }) });
    if (told.event !== 'ended') return;
    const finished: FinishedCall = { call: { ...told.call }, replayed: false, source, confidence: told.confidence };
    if (!keys || !this.media.holds(finished, keys, this.now)) this.finish(finished);
  }

  /** A call that is over, for call logs. */
  finish(finished: FinishedCall): void {
    this.events.addFinished(finished);
  }

  /** Something that is not told of, or not yet. */
  conclude(grounds: Grounds, callId?: string): void {
    this.concluded.push({ ...grounds, ...(callId !== undefined && { callId }) });
  }
}
