import type { HookName } from '../microsip/hook-names';
import type { Feature } from '../phone/commands/command';

/** What MicroSIP does to incoming calls by itself. */
export interface IncomingRules {
  /** Off: 486 while any other call exists. */
  callWaiting: boolean;
  /** The button is pressed at the beginning. */
  doNotDisturb: boolean;
  /** Above 0: 486 above this number of calls, the new one included. */
  maxConcurrentCalls: number;
  /** Nobody may call. */
  denyIncoming: boolean;
  /**
   * Answers a call by itself after so many seconds, while there is no other call; 0 at once. The button is pressed at the
   * beginning when it is given, otherwise not, and then answers at once.
   */
  autoAnswerDelay: number | undefined;
  /** Sends callers to this number. The button is there when it is given, and pressed at the beginning. */
  forwardingNumber: string | undefined;
  /** Seconds of ringing before that; 0 at once. */
  forwardingDelay: number;
}

/**
 * Runs the program of a hook. MicroSIP takes no command until what this returns is settled, but at most 10 s; a program
 * that cannot be started is passed over in silence.
 * @param parameter what the caller chose to be: untrusted
 */
export type HookRunner = (name: HookName, parameter: string) => void | Promise<void>;

/** What a simulated MicroSIP leaves behind for others to look at, as the real one does. */
export interface TraceOptions {
  /** The path of its SIP log, which is begun anew at each start. */
  log?: string;
  /** The path of its call history, `call_log.db`; needs a Node.js with SQLite. */
  history?: string;
  hooks?: HookRunner;
  /** The folder of the files that it makes of recorded calls, which are of silence; `~/.microsip/recordings`. */
  recordings?: string;
}

export interface SimulatedMicrosipOptions extends Partial<IncomingRules> {
  singleMode?: boolean;
  /** Decides only what the link may send and whether `dwData 2` is known; the habits are always those of 3.22.16. */
  version?: readonly number[] | undefined;
  /** The user name of account 1, the active one. */
  account?: string;
  /** The user names of accounts 2, 3 …; a command for any other account is dropped. */
  otherAccounts?: readonly string[];
  domain?: string;
  /** The accounts' `dialingPrefix` and `dialPlan`. */
  dialingPrefix?: string;
  dialPlan?: string;
  registered?: boolean;
  /**
   * Whose buttons its settings show. Default: all, but `forwarding` only with a number to forward to. Only with several
   * calls is there one for `autoConference`.
   */
  buttons?: readonly Feature[];
  /** Which of them are pressed at the beginning, instead of those that other options say. */
  pressed?: readonly Exclude<Feature, 'recording'>[];
  /** A build that sends a new INVITE as soon as a call has connected. */
  updatesContact?: boolean;
  /** Records every call from its answer on. */
  autoRecording?: boolean;
  /** What it leaves behind for others to look at; nothing unless told, but for the files of recorded calls. */
  traces?: TraceOptions;
}
