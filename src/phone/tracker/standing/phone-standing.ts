import type { Registration, Source } from '../../calls/call';
import type { Features } from '../../commands/command';
import { PhoneError } from '../../errors/phone-error';
import { isToldByOffline, type StandingSubject } from '../../phone-event';
import type {
  AudioObservation,
  FeaturesObservation,
  Observation,
  Trouble,
  TroubleObservation,
  VoicemailObservation,
} from '../../ports/observation';
import type { AudioLevels } from '../../ports/surface';
import type { Voicemail } from '../../voicemail';
import type { Grounds } from '../state/conclusions';
import type { TrackerState } from '../state/tracker-state';
import { isSame } from './is-same';
import { KnownValue } from './known-value';
import { RegistrationLoss } from './registration-loss';
import type { StandingMemory } from './standing-memory';
import { Troubles } from './troubles';
import { VoicemailLead } from './voicemail-lead';

export type StandingObservation = FeaturesObservation | AudioObservation | VoicemailObservation | TroubleObservation;

/** ms in which a trouble that an earlier phone has told of has to show again; sources let it last for a moment first. */
const SHOWS_AGAIN = 3000;
/** No source names a trouble so. */
const REGISTRATION = 'tracker:registration';

/** Switches, audio, voicemail and troubles: what changes of them is told, what was there when MicroSIP came is not. */
export class PhoneStanding {
  private readonly features: KnownValue<Features>;
  private readonly audio: KnownValue<AudioLevels>;
  private readonly voicemail: KnownValue<Voicemail>;
  private readonly voicemailLead = new VoicemailLead();
  private readonly troubles = new Troubles();
  private toldTrouble: Trouble | undefined;
  private readonly loss: RegistrationLoss;
  /** Until then (ms) what is not seen again may only not have been seen again yet. */
  private doubtUntil = -Infinity;

  constructor(
    private readonly state: TrackerState,
    memory: StandingMemory = {},
  ) {
    this.features = new KnownValue(memory.features);
    this.audio = new KnownValue(memory.audio);
    this.voicemail = new KnownValue(memory.voicemail);
    this.toldTrouble = memory.trouble;
    this.loss = new RegistrationLoss(memory.trouble?.problem === 'not_registered');
  }

  /** All observers have reported how things stand. */
  lookedAround(): void {
    if (this.toldTrouble) this.doubtUntil = this.state.now + SHOWS_AGAIN;
  }

  /** @param registration undefined: nobody has seen it */
  noteRegistration(registration: Registration | undefined): void {
    if (!this.state.online) {
      if (!this.state.opening) this.loss.forget();
      return;
    }
    const isLost = this.loss.look(registration, this.state.now);
    this.troubles.note({ cause: REGISTRATION, ...(isLost && registrationGone()) });
  }

  /** @param isThere false: there is no MicroSIP that this could be about, so it is late */
  see(seen: StandingObservation, isThere: boolean): void {
    const { online } = this.state;
    if (seen.type === 'trouble') this.troubles.note(seen);
    else if (!isThere) return;
    else if (seen.type === 'features') {
      const { features } = seen;
      if (this.features.take(features, online)) this.tell({ event: 'features', features }, seen, { reason: 'seen' });
    } else if (seen.type === 'audio') {
      const { audio } = seen;
      if (this.audio.take(audio, online)) this.tell({ event: 'audio', audio }, seen, { reason: 'seen' });
    } else {
      const believed = this.voicemailLead.take(seen, this.state.now);
      if (believed) this.believe(believed, { reason: 'seen' });
    }
  }

  /** What no better source has denied is believed. */
  passTime(): void {
    const believed = this.voicemailLead.passTime(this.state.now);
    if (believed) this.believe(believed.seen, { reason: 'others_silent', others: ['log'], ms: believed.ms });
  }

  get deadline(): number | undefined {
    const { now } = this.state;
    const doubted = this.toldTrouble && this.doubtUntil > now ? this.doubtUntil : undefined;
    const due = [this.voicemailLead.deadline, this.loss.deadline(now), doubted].filter((one) => one !== undefined);
    return due.length > 0 ? Math.min(...due) : undefined;
  }

  /**
   * Tells of the problem that there is now, if it is another one than before.
   * @param absence why MicroSIP is not there, or does not answer
   */
  tellProblem(source: Source, absence: Trouble | undefined): void {
    const trouble = !absence || isToldByOffline(absence.problem) ? this.troubles.worst : this.worst(absence);
    // What was there before the phone was closed may only not have been seen again yet.
    const { now, online, opening } = this.state;
    const isDoubtful = opening || (online && now < this.doubtUntil);
    if ((!trouble && isDoubtful) || isSame(trouble, this.toldTrouble)) return;
    this.toldTrouble = trouble;
    this.state.emit({ event: 'problem', ...trouble }, { source, why: { reason: trouble ? 'seen' : 'over' } });
  }

  /** The worst of what is the matter. */
  worst(absence: Trouble | undefined): Trouble | undefined {
    const { worst } = this.troubles;
    return absence === undefined || (worst && isToldByOffline(absence.problem)) ? worst : absence;
  }

  get current(): Omit<StandingMemory, 'trouble'> {
    const [features, audio, voicemail] = [this.features.current, this.audio.current, this.voicemail.current];
    return { ...(features && { features }), ...(audio && { audio }), ...(voicemail && { voicemail }) };
  }

  memory(): StandingMemory {
    return { ...this.current, ...(this.toldTrouble && { trouble: { ...this.toldTrouble } }) };
  }

  /** MicroSIP is there now. */
  comeOnline(): void {
    for (const value of this.values) value.comeOnline();
  }

  /** MicroSIP is gone, or nobody looks any more. */
  forget(): void {
    for (const value of this.values) value.forget();
    this.voicemailLead.forget();
    this.troubles.forget();
    this.loss.forget();
    this.doubtUntil = -Infinity;
  }

  private get values(): KnownValue<unknown>[] {
    return [this.features, this.audio, this.voicemail];
  }

  private believe(seen: VoicemailObservation, why: Grounds): void {
    const { voicemail, source } = seen;
    const { online, opening } = this.state;
    // What a server tells first, some time after MicroSIP came, is not how it was found: a message has been left.
    const isFirst = this.voicemail.current === undefined && online && !opening && source !== 'window';
    const isNews = this.voicemail.take(voicemail, online) || (isFirst && voicemail.waiting);
    if (isNews) this.tell({ event: 'voicemail', voicemail }, seen, why);
  }

  private tell(subject: StandingSubject, { source, time: seenAt }: Observation, why: Grounds): void {
    this.state.emit(structuredClone(subject), { source, seenAt, why });
  }
}

function registrationGone(): Trouble {
  const { code: problem, message: problemText } = new PhoneError('not_registered', 'gone');
  return { problem, problemText };
}
