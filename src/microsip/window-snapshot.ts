import type { Version } from './microsip-protocol';
import type { Features } from '../phone/commands/command';
import type { Presence } from '../phone/ports/observation';
import type { ErrorCode } from '../phone/errors/phone-error';

/** One window of a call that rings in (docs/microsip/interface.md#7.3). */
export interface RingWindow {
  /** Names this window; the ring buttons are delivered by it. Never used again for another window. */
  key: string;
  /** Control 1026: the caller's name, chosen by the caller or by the contact book. */
  name: string;
  /** Control 1025: address, own address and diversion, on several lines. */
  details: string;
}

/**
 * The messages window, which MicroSIP keeps right also while it is hidden (docs/microsip/interface.md#7.4). What is
 * called shown here is the style bit of the control, all of it about the call of the selected tab.
 */
export interface MessagesWindow {
  /** Number of the selected tab, as its control has it; absent when that cannot be read. */
  tab?: number;
  /** Name of the selected tab's contact; `name – number` or the number since 3.22.16. */
  title: string;
  /** 1055: the selected tab has a call. */
  endShown: boolean;
  /** 1023: with a call, it rings in. */
  callOrAnswerShown: boolean;
  /** 1057: the call is confirmed. */
  holdShown: boolean;
  /** 1057: the call is on hold by us. */
  holdChecked: boolean;
  /** 1135: the call is in EARLY, CONNECTING or CONFIRMED. */
  transferShown: boolean;
  /** 1159, as 1135. */
  conferenceShown: boolean;
}

/** Tells the selected tab from others: two contacts may have the same name and number, and a tab may get another name. */
export function tabName({ tab, title }: Pick<MessagesWindow, 'tab' | 'title'>): string {
  return `${tab ?? ''}:${title}`;
}

/** The dialer page of the main window (docs/microsip/interface.md#7.5). */
export interface DialerPage {
  /** 1078: what is typed or, in single-call mode, the party of the call. */
  number: string;
  /** 1012: digits wait for a person to press Send. */
  sendShown: boolean;
  /** 1022 */
  callShown: boolean;
  /** 1055: single-call mode, and there is a call other than a ringing one. */
  endShown: boolean;
  /** 1057: the call of the selected tab is confirmed. */
  holdEnabled: boolean;
  /** 1057: the call of the selected tab is on hold by us. */
  holdChecked: boolean;
  /** 1018 */
  microphoneMuted: boolean;
  /** 1019 */
  speakerMuted: boolean;
  /** 1143, 0..100; absent without that slider. */
  microphoneLevel?: number;
  /** 1144, 0..100; absent without that slider. */
  speakerLevel?: number;
  /** 1000 is shown, or 1013; absent when neither is: no account is active, or it has no number of its voicemail. */
  voicemailWaiting?: boolean;
  /** The buttons at the bottom (docs/microsip/further.md#A); one that is not there is absent. */
  features?: Features;
}

/** All that one look at MicroSIP's windows yields. */
export interface WindowSnapshot {
  /** Of the look, in ms since 1970. */
  time: number;
  presence: Presence;
  problem?: ErrorCode;
  pid?: number;
  /** Start of the process, in ms since 1970; tells a process from a later one with the same id. */
  startedAt?: number;
  /** A message box waits for a click; no title where it has none. */
  box?: { title: string };
  /** Handle of the main window. */
  hwnd?: number;
  /** Path of the program file. */
  program?: string;
  /** Path of the installed program file, whichever copy runs. */
  installed?: string;
  version?: Exclude<Version, undefined>;
  title?: string;
  /** The main window is on the screen: neither in the tray nor minimised. */
  shown?: boolean;
  /** Pane 0 of the status bar, in the language of MicroSIP's user interface (docs/microsip/interface.md#7.1). */
  statusText?: string;
  /** What that may be in English, when MicroSIP has a language pack. */
  statusEnglish?: string[];
  /** While `presence` is `hung`, this and what follows is what was seen before. */
  rings: RingWindow[];
  /** Ringing windows that were gone before they could be reported, perhaps before they had told who calls. */
  glimpsed?: RingWindow[];
  /** There are ringing windows, too, that have not told yet who calls. */
  untold?: boolean;
  messages?: MessagesWindow;
  dialer?: DialerPage;
  /** Only of peers that tell their state when asked (docs/microsip/older-interface.md). */
  documented?: DocumentedState;
}

export interface DocumentedState {
  /** 0 idle, 1 ringing, 2 active, 3 hold, 4 disconnected */
  status: number;
  /** Of the far end, where the peer knows it. */
  number?: string;
}
