import type { EventEmitter } from 'node:events';
import type { Clock } from '../clock';
import type { Registration } from '../phone/calls/call';
import type { Presence } from '../phone/ports/observation';
import type { Voicemail } from '../phone/voicemail';
import type { Accounts } from './accounts';
import type { Boxes } from './boxes';
import type { Audio } from './audio';
import type { AudioStreams } from './calls/audio-streams';
import type { CallTable } from './calls/call-table';
import type { AccountDialling } from './commands/dialled-number';
import type { Journal } from './journal';
import type { MainWindow } from './main-window';
import type { Recorder } from './recorder';
import type { IncomingRules } from './simulated-options';
import type { Switches } from './switches';
import type { Timers } from './timers';
import type { UiThread } from './ui-thread';

/**
 * What each part of a simulated MicroSIP may ask of the whole. What acts (`CallControl`, `Dialler` …) is not among it: who
 * needs that is given it, so that no two parts know each other.
 */
export interface Parts {
  readonly domain: string;
  readonly dialling: Required<AccountDialling>;
  readonly rules: IncomingRules;
  /** A build that sends a new INVITE as soon as a call has connected. */
  readonly updatesContact: boolean;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly timers: Timers;
  readonly ui: UiThread;
  readonly window: MainWindow;
  readonly boxes: Boxes;
  readonly audio: Audio;
  readonly switches: Switches;
  readonly calls: CallTable;
  readonly streams: AudioStreams;
  readonly recorder: Recorder;
  readonly accounts: Accounts;
  /** The user name of the active account. */
  readonly account: string;
  readonly registration: Registration;
  readonly singleMode: boolean;
  /** Its SIP stack is up. */
  readonly isReady: boolean;
  /** @throws PhoneError `not_running` */
  requireRunning(): void;
}

export interface MicrosipEvents {
  presence: [Presence];
  registration: [Registration];
  mode: [boolean];
  /** Another message box is on top, or none any more. */
  box: [];
  /** What the server told; undefined when MicroSIP has forgotten it. */
  voicemail: [Voicemail | undefined];
  /** A device was muted or its level moved. */
  audio: [];
  /** A switch was pressed. */
  features: [];
  /** The SIP stack has come up, or goes down in good order. */
  stack: ['up' | 'down'];
}

/** The parts, for those who are told what becomes of the process. */
export interface WatchedParts extends Parts, EventEmitter<MicrosipEvents> {}
