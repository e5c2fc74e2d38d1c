import type { AudioDevice, Features } from '../commands/command';

export interface AudioState {
  muted: boolean;
  /** 0..100; absent when its slider is not shown. */
  level?: number;
}

export type AudioLevels = Record<AudioDevice, AudioState>;

/** The tab of MicroSIP's messages window on whose call hold, transfer, DTMF and End act (docs/microsip/interface.md#2.7). */
export interface SelectedTab {
  /** Tells this tab from others, to be asked for again right before something is done to its call. */
  tab: string;
  hasCall: boolean;
  /** Its call, by the key of its observations; absent when it has none or nobody can tell which it is. */
  key?: string;
}

/** What the peer shows besides its calls, as the latest look saw it. */
export interface Surface {
  /** undefined: its controls are not there to be read. */
  audio(): AudioLevels | undefined;
  /** Its switches; one without a button is absent. undefined: nobody can tell. */
  features?(): Features | undefined;
  /** Its main window is on the screen; undefined: nobody can tell. */
  shown(): boolean | undefined;
  /** undefined: nobody can tell. */
  selected?(): SelectedTab | undefined;
  /** Whether the call with this key is in a conference; undefined: nobody can tell. */
  inConference?(key: string): boolean | undefined;
  /** Digits wait for a person to press the dialer's Send button; MicroSIP ignores all other DTMF meanwhile (docs/microsip/corrections.md#12). */
  sendShown?(): boolean;
  /** The title of a message box that waits for a click; it may be empty. Undefined: none does. */
  box?(): string | undefined;
}
