/** Everything a flow can ask of a phone. Of `unknown` values the guard makes what is sent. */
export type Command =
  | { type: 'dial'; number: unknown; account?: number; format?: DialFormat }
  | { type: 'answer'; callId?: string }
  | { type: 'hangup'; scope: HangupScope; rejectCode?: RejectCode; callId?: string }
  | { type: 'dtmf'; digits: unknown; callId?: string }
  /** Blind: MicroSIP hands the call on and is out of it. */
  | { type: 'transfer'; number: unknown; callId?: string }
  | { type: 'hold'; action: HoldAction; callId?: string }
  /** `level` 0..100, only for `set`. */
  | { type: 'audio'; device: AudioDevice; action: AudioAction; level?: unknown }
  /** A SIP instant message. */
  | { type: 'message'; number: unknown; text: unknown }
  /** `account` 1..999, only for `account`. */
  | { type: 'app'; action: AppAction; account?: number }
  /** `callId` only for `recording`, which is of one call. */
  | { type: 'feature'; feature: Feature; action: FeatureAction; callId?: string }
  | { type: 'conference'; action: ConferenceAction; callId?: string };

/** `ringing` rejects incoming calls that are not answered yet. */
export const HANGUP_SCOPES = ['all', 'active', 'dialing', 'ringing'] as const;
export type HangupScope = (typeof HANGUP_SCOPES)[number];

/** 486: busy here, the caller may be offered voice mail. 603: declined everywhere. */
export const REJECT_CODES = [486, 603] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

/** How a number is dialled: as it was given, in its international or in its national form. */
export const DIAL_FORMATS = ['typed', 'e164', 'national'] as const;
export type DialFormat = (typeof DIAL_FORMATS)[number];

export const HOLD_ACTIONS = ['hold', 'resume', 'toggle'] as const;
export type HoldAction = (typeof HOLD_ACTIONS)[number];

export const AUDIO_DEVICES = ['microphone', 'speaker'] as const;
export type AudioDevice = (typeof AUDIO_DEVICES)[number];

export const AUDIO_ACTIONS = ['mute', 'unmute', 'toggle', 'up', 'down', 'set'] as const;
export type AudioAction = (typeof AUDIO_ACTIONS)[number];

export const APP_ACTIONS = ['start', 'exit', 'show', 'minimize', 'account'] as const;
export type AppAction = (typeof APP_ACTIONS)[number];

/** MicroSIP's switches; `recording` is of the call of the selected tab. */
export const FEATURES = ['dnd', 'autoAnswer', 'autoConference', 'forwarding', 'recording'] as const;
export type Feature = (typeof FEATURES)[number];
/** How the switches stand; one that this MicroSIP does not offer is absent. */
export type Features = Partial<Record<Feature, boolean>>;

export const FEATURE_ACTIONS = ['on', 'off', 'toggle'] as const;
export type FeatureAction = (typeof FEATURE_ACTIONS)[number];

export const CONFERENCE_ACTIONS = ['merge', 'separate'] as const;
export type ConferenceAction = (typeof CONFERENCE_ACTIONS)[number];

export interface CommandResult {
  /** The call that the command was about, or, after dial, the id that its call is going to have. */
  callId?: string;
  /** False: whether it had its effect could not be seen with the sources at hand. */
  verified?: boolean;
  /** How the device stands after the command. */
  audio?: { muted?: boolean; level?: number };
  /** How all switches stand after the command. */
  features?: Features;
}
