/** Everything a flow can ask of a phone. Values are as the flow gave them; the guard checks them. */
export type Command =
  | { type: 'dial'; number: unknown; account?: number }
  | { type: 'answer'; callId?: string }
  | { type: 'hangup'; scope: HangupScope; rejectCode?: RejectCode; callId?: string }
  | { type: 'dtmf'; digits: unknown; callId?: string };

/** `ringing` rejects incoming calls that are not answered yet. */
export const HANGUP_SCOPES = ['all', 'active', 'dialing', 'ringing'] as const;
export type HangupScope = (typeof HANGUP_SCOPES)[number];

/** 486: busy here, the caller may be offered voice mail. 603: declined everywhere. */
export type RejectCode = 486 | 603;

export interface CommandResult {
  /** The call that the command was about, or, after dial, the id that its call is going to have. */
  callId?: string;
}
