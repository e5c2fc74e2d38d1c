import type { Call, Registration } from '../calls/call';
import type { AppAction, AudioAction, AudioDevice, Command, Features, HoldAction } from '../commands/command';
import type { DtmfPart } from '../guard/values/dtmf-digits';
import type { LinkAction } from '../ports/link';
import type { Presence } from '../ports/observation';
import type { AudioState, Surface } from '../ports/surface';

/** What is known of the phone at the moment of a command. */
export interface PlanView {
  /** Open calls, the most urgent first. */
  calls: readonly Call[];
  registration?: Registration | undefined;
  /** MicroSIP's own default is single-call mode. */
  singleMode: boolean;
  /** That this is its mode was seen. */
  isModeSeen?: boolean;
  presence: Presence;
  surface?: Surface | undefined;
  /** The selected tab of MicroSIP's messages window and its call, if it has one; undefined: nobody can tell. */
  selected?: { tab: string; callId?: string } | undefined;
  /** Whether this call is a member of a conference; undefined: that can only be concluded from who is on hold. */
  inConference?(callId: string): boolean | undefined;
  /** Whether it is known for sure that this call is not on hold. */
  seesHold(callId: string): boolean;
  keyOf(callId: string): string | undefined;
}

export interface Plan {
  actions: LinkAction[];
  /** The call that the command is about; absent for dial and for commands on several calls. */
  callId?: string;
  /** Calls that these actions end. */
  ends?: string[];
  /** Whether the call is on hold by us afterwards. */
  holds?: boolean;
  /** Calls that are in one conference afterwards. */
  merges?: string[];
  /** How the device stands afterwards, as far as it is known before. */
  audio?: Partial<AudioState>;
  /** How the switch stands afterwards. */
  features?: Features;
}

/** A command whose values the guard has passed. */
export type CheckedCommand =
  /** `tail`: digits for the answered call that MicroSIP cannot send */
  | { type: 'dial'; target: string; account?: number; tail?: readonly DtmfPart[] }
  | Extract<Command, { type: 'answer' | 'hangup' }>
  | { type: 'dtmf'; digits: string; callId?: string }
  | { type: 'transfer'; target: string; callId?: string }
  | { type: 'message'; target: string; text: string }
  | { type: 'hold'; action: HoldAction; callId?: string }
  /** `level` 0..100, only for `set` */
  | { type: 'audio'; device: AudioDevice; action: AudioAction; level?: number }
  /** `account` 1..999, only for `account` */
  | { type: 'app'; action: AppAction; account?: number }
  | Extract<Command, { type: 'feature' | 'conference' }>;
