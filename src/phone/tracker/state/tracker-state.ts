import type { PhoneState, Source } from '../../calls/call';
import type { PhoneEvent } from '../../phone-event';
import { CallRegistry } from '../calls/call-registry';
import { EventList, type Happening } from './event-list';
import { RegistrationLead } from '../sources/registration-lead';
import { LiveSources } from '../sources/live-sources';
import { TrackedCall } from '../calls/tracked-call';
import type { TrackerMemory } from './tracker-memory';
import { stateOfPhone } from '../calls/call-priority';

/** What all parts of the call tracker share: the clock, the calls, and the list of what is to be told. */
export class TrackerState {
  readonly registry = new CallRegistry();
  readonly live = new LiveSources();
  readonly registrationLead: RegistrationLead;
  /** MicroSIP is there, so that there can be calls. */
  online: boolean;
  /** The sources have not told yet what was there when the phone was opened. */
  opening = true;
  /** Of the latest input, ms since 1970 by our clock; never runs backwards. */
  now = 0;
  private readonly events = new EventList();

  constructor(memory: TrackerMemory | undefined) {
    for (const call of memory?.calls ?? []) this.registry.add(TrackedCall.remembered(call));
    this.registry.retireAgain(memory?.retired ?? []);
    this.online = memory?.online ?? false;
    this.registrationLead = new RegistrationLead(memory?.registration);
  }

  /** A new input; what followed from the one before has been told. */
  begin(at: number): void {
    this.now = Math.max(this.now, at);
    this.events.begin(this.phoneState);
  }

  get told(): PhoneEvent[] {
    return this.events.all;
  }

  get phoneState(): PhoneState {
    return this.online ? stateOfPhone(this.registry.open.map(({ call }) => call)) : 'offline';
  }

  emit(happening: Happening, source: Source, inferred: boolean, seenAt = this.now): void {
    const registration = this.registrationLead.current;
    this.events.add(happening, { source, inferred, registration, state: this.phoneState, seenAt }, this.now);
  }
}
