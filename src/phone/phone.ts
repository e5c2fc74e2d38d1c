import type { Call, PhoneState, Registration } from './calls/call';
import type { Command, CommandResult, Features } from './commands/command';
import type { ErrorCode, PhoneError } from './errors/phone-error';
import type { FinishedCall, PhoneEvent } from './phone-event';
import type { Presence } from './ports/observation';
import type { AudioLevels } from './ports/surface';
import type { Voicemail } from './voicemail';

/** One MicroSIP, wherever it is: takes commands, tells what happens. All that nodes and programs know of it. */
export interface Phone {
  /**
   * Starts watching. Resolves when the state of MicroSIP is known, also when MicroSIP is not there.
   * @throws PhoneError `unsupported`, when this computer cannot have such a connection
   */
  open(): Promise<void>;
  /** Commands that are under way fail with `closed`. May be opened again. */
  close(): Promise<void>;
  /**
   * Carries out one command after those given before it. Its words are checked, whatever the compiler was told.
   * @returns when MicroSIP has taken it
   * @throws PhoneError with any of the codes of docs/events.md
   */
  execute(command: Command): Promise<CommandResult>;
  snapshot(): PhoneSnapshot;
  on<E extends keyof PhoneEvents>(event: E, listener: (...told: PhoneEvents[E]) => void): this;
  once<E extends keyof PhoneEvents>(event: E, listener: (...told: PhoneEvents[E]) => void): this;
  off<E extends keyof PhoneEvents>(event: E, listener: (...told: PhoneEvents[E]) => void): this;
}

export interface PhoneEvents {
  event: [PhoneEvent];
  /** For call logs: each call that is over, also those that had no events. */
  finished: [FinishedCall];
  /** Something that the phone does without: a source of knowledge that failed. */
  problem: [PhoneError];
  /** The snapshot may have changed. */
  change: [];
}

export interface PhoneSnapshot {
  /** `closed`: not open; `opening`: the first look is still under way. */
  presence: Presence | 'closed' | 'opening';
  /** Now, by the clock that the times of the calls are by: ms since 1970. */
  time: number;
  /** Why MicroSIP is not there, or else the most serious trouble with it. */
  problem?: ErrorCode;
  /** What there is to read of it, such as the title of a message box that waits for a click. */
  problemText?: string;
  state: PhoneState;
  /** Open calls, the most urgent first. */
  calls: Call[];
  registration?: Registration;
  /** These are absent when nobody can see them. */
  features?: Features;
  audio?: AudioLevels;
  voicemail?: Voicemail;
}
