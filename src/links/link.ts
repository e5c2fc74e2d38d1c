/** What a link can be asked to do: one effect in MicroSIP each, already checked by the guard. */
export type LinkAction =
  | { do: 'dial'; target: string; account?: number }
  /** Answers the ringing call in the lowest slot. */
  | { do: 'answer' }
  /** Ends every call except ringing incoming ones. */
  | { do: 'hangup_all' }
  /** Ends outgoing calls that are not answered yet. */
  | { do: 'hangup_dialing' }
  /** Rejects every ringing incoming call with 603. */
  | { do: 'reject_all' }
  /** Answers one ringing call through its own window; `key` as in its observations. */
  | { do: 'answer_ring'; key: string }
  /** Rejects one ringing call with 486 through its own window. */
  | { do: 'decline_ring'; key: string }
  /** One send without pauses: `0-9 A-D * #`. */
  | { do: 'dtmf'; digits: string };

/** How a command reaches MicroSIP. */
export interface Link {
  /**
   * Resolves when MicroSIP has taken the action into its queue.
   * @param timeout longest wait in ms
   * @throws PhoneError `not_running`, `not_ready`, `timeout`, `access_denied`, `other_session`, `no_call` (the ringing
   * call is gone), `unsupported` (this version of MicroSIP does not know the action)
   */
  deliver(action: LinkAction, timeout: number): Promise<void>;
}
