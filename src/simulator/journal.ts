import type { Clock } from '../clock';

export type JournalAction =
  /** A text of WM_COPYDATA; readiness probes are left out. */
  | 'received'
  /** A button of a ringing window, by its control id, or that of a switch, by its name. */
  | 'clicked'
  | 'dialled'
  /** Kept until the account is registered. */
  | 'delayed'
  /** Ignored without a word to anybody. */
  | 'dropped'
  /** An incoming call that was answered with 486 and never rang. */
  | 'refused'
  /** An incoming call that was sent on, with the number. */
  | 'forwarded'
  | 'answered'
  /** A call that we ended, with the SIP status. */
  | 'hungup'
  | 'held'
  | 'resumed'
  /** Digits that the far end heard. */
  | 'dtmf'
  /** Digits that wait in the dialer for its Send button. */
  | 'dtmf_shown'
  | 'transferred'
  /** With the number of the selected call, which the others have joined, or which has left them. */
  | 'merged'
  | 'separated'
  | 'separated_all'
  /** A SIP instant message. */
  | 'message'
  /** An error box that a person has to close. */
  | 'box'
  | 'account'
  | 'account_password'
  | 'memory_password'
  | 'audio'
  /** A button at the bottom of the dialer: `dnd on`. */
  | 'switched'
  | 'minimized'
  /** What the far end did while MicroSIP hung found no call at its recovery. */
  | 'nothing_fits';

export interface JournalEntry {
  /** Milliseconds since 1970 by the wall clock. */
  time: number;
  action: JournalAction;
  detail: string;
  /** The call that it concerned. */
  sipCallId?: string;
}

const KEPT = 1000;

/** What the simulated MicroSIP received and really did: silent drops can be seen nowhere else. */
export class Journal {
  readonly entries: JournalEntry[] = [];

  constructor(private readonly clock: Clock) {}

  add(action: JournalAction, detail = '', sipCallId?: string): void {
    this.entries.push({ time: this.clock.wall(), action, detail, ...(sipCallId !== undefined && { sipCallId }) });
    if (this.entries.length > KEPT) this.entries.shift();
  }

  /** Why this caller was turned away, without ringing; undefined when they were not. */
  refusalOf(sipCallId: string): string | undefined {
    return this.entries.find((entry) => entry.action === 'refused' && entry.sipCallId === sipCallId)?.detail;
  }

  /** The details of all entries of one action, the oldest first. */
  details(action: JournalAction): string[] {
    return this.entries.filter((entry) => entry.action === action).map(({ detail }) => detail);
  }
}
