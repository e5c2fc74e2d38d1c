import type { AdminError } from '../admin/admin-endpoint';
import type { Call, Registration, Source } from '../../phone/calls/call';
import type { PhoneSnapshot } from '../../phone/phone';
import type { ErrorCode } from '../../phone/errors/phone-error';
import type { Grounds } from '../../phone/tracker/state/conclusions';

/** Where it is published for the editors that are open. */
export const LIVE_TOPIC = 'microsip/phones';

/** What every user of the editor hears who may see the status of nodes: neither names nor numbers. */
export interface LiveState {
  /** Of this Node-RED since its start: revisions of another session say nothing. */
  session: string;
  phones: LivePhone[];
}

export interface LivePhone {
  /** Of its node. */
  id: string;
  /** Another one than before whenever there is anything new of this phone, also what is not told here. */
  revision: number;
  connection: string;
  presence: PhoneSnapshot['presence'];
  state: PhoneSnapshot['state'];
  problem?: ErrorCode;
  registration?: Registration['state'];
  /** The most urgent first. */
  calls: Pick<Call, 'callState' | 'direction'>[];
}

/** A phone with all that the sidebar shows of it, for those who may know names and numbers. Times are ms since 1970. */
export interface ShownPhone extends Omit<LivePhone, 'revision' | 'registration' | 'calls'> {
  name: string;
  /** Now, by the clock of the times of the calls. */
  time: number;
  problemText?: string;
  registration?: Registration;
  calls: ShownCall[];
  features?: PhoneSnapshot['features'];
  audio?: PhoneSnapshot['audio'];
  voicemail?: PhoneSnapshot['voicemail'];
  sources: ShownSource[];
  /** Whether it takes commands at all. */
  takesCommands: boolean;
  /** Its far end may be played. */
  isSimulated: boolean;
  /** No node uses it, so it was not opened. */
  isUnused: boolean;
  /** The computer of its agent, as far as the agent tells. */
  host?: string;
  lastError?: AdminError & { time: number };
}

export interface ShownCall extends Pick<
  Call,
  'callId' | 'callState' | 'direction' | 'number' | 'name' | 'startTime' | 'answerTime' | 'heldBy'
> {
  /** Why its state was inferred; absent when a source shows it. */
  inferred?: Grounds;
}

/** Where a phone may know from what it tells. */
export interface ShownSource {
  /** `agent`: all that is known of a phone elsewhere comes from there. */
  source: Source | 'agent';
  /** `off`: in the settings; `silent`: it has shown nothing since the phone was opened. */
  is: 'heard' | 'silent' | 'off';
  /** The best of those that were heard: what it says of a call is believed. */
  leads?: true;
}

/** The phones as an editor asks for them, each with the revision that it is published with. */
export interface PhonesAnswer {
  session: string;
  phones: (ShownPhone & { revision: number })[];
}
