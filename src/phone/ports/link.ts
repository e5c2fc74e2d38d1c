import type { AudioDevice, Feature } from '../commands/command';
import type { Peer } from '../guard/limits/peer-use';
import type { Dialling } from '../guard/targets/called-forms';

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
  /** Ends the call of the selected tab, and only that one; `tab` as in `SelectedTab`. `conference`: it may be in one. */
  | { do: 'end_selected'; tab: string; conference: boolean }
  /** Answers one ringing call through its own window; `key` as in its observations. */
  | { do: 'answer_ring'; key: string }
  /** Rejects one ringing call with 486 through its own window. */
  | { do: 'decline_ring'; key: string }
  /** One send without pauses: `0-9 A-D * #`. */
  | { do: 'dtmf'; digits: string }
  /** Blind transfer of the call of the selected tab. */
  | { do: 'transfer'; target: string }
  /** Holds or resumes the call of the selected tab: MicroSIP has no other way. */
  | { do: 'toggle_hold' }
  /** `mute` and `unmute` set, `up` and `down` move by 5 of 100 and unmute. */
  | { do: 'audio'; word: AudioWord }
  /** For peers that show no mute boxes and no levels. */
  | { do: 'toggle_mute'; device: AudioDevice }
  /** `level` 0..100; for peers that show no levels. */
  | { do: 'set_volume'; device: AudioDevice; level: number }
  | { do: 'message'; target: string; text: string }
  /** Sets the switch, whatever it is now; `recording` is that of the call of the selected tab, with `tab` only of that one. */
  | { do: 'set_feature'; feature: Feature; on: boolean; tab?: string }
  /** Joins all other calls with that of the selected tab and resumes them; none of them rings. `tab` as in `SelectedTab`. */
  | { do: 'merge'; tab: string }
  /** The call of the selected tab leaves its conference. */
  | { do: 'separate'; tab: string }
  | { do: 'account'; account: number }
  | { do: 'show' }
  | { do: 'minimize' }
  | { do: 'exit' }
  | { do: 'start' };

/** The account that an action switches to. */
export function accountOf(action: LinkAction): number | undefined {
  return action.do === 'dial' || action.do === 'account' ? action.account : undefined;
}

export type AudioWord = `${'mic' | 'speak'}${'mute' | 'unmute' | 'up' | 'down'}`;

/** How a command reaches MicroSIP. */
export interface Link {
  /** The peer answers whether it took a dial; MicroSIP does not. */
  readonly confirmsDial?: boolean;
  /** Which MicroSIP takes the commands now; undefined when that is not known. Phones on the same one share its limits. */
  peer?(): Peer | undefined;
  /** Of that MicroSIP; undefined when that is not known. */
  version?(): readonly number[] | undefined;
  /**
   * What MicroSIP does to numbers before it calls them, by this account or the active one; undefined when nobody can tell.
   */
  dialling?(account?: number): Promise<Dialling | undefined>;
  /**
   * Asked before the first of several actions is delivered, so that not only some of them are.
   * @throws PhoneError `unsupported` for one that this way to MicroSIP cannot deliver
   */
  refuse?(actions: readonly LinkAction[]): void | Promise<void>;
  /**
   * Resolves when MicroSIP has taken the action into its queue.
   * @param timeout longest wait in ms
   * @throws PhoneError `not_running`, `not_ready`, `timeout`, `access_denied`, `other_session`, `no_call` (the ringing
   * call is gone), `unsupported` (this version of MicroSIP does not know the action)
   */
  deliver(action: LinkAction, timeout: number): Promise<void>;
}
