import type { Voicemail } from '../../../phone/voicemail';
import { messageSummary } from './message-summary';
import type { SipMessage } from './sip-message';

/** pjsip's word that it gives a NOTIFY to MicroSIP: in a subscription of ours, or without one. */
const IN_SUBSCRIPTION = 'MWI got NOTIFY..';
const UNSOLICITED = /^Got unsolicited NOTIFY from \S+:\d+\.\.$/;
const DELETED = /^Account id \d+ deleted$/;
/** How long after a NOTIFY (ms of the log) nothing more is said of it. */
const SETTLED = 2_000;

/** Requests of which a repetition is known as one; it is answered again, and means nothing. */
const REMEMBERED = 50;

interface Pending {
  message: SipMessage;
  time: number;
}

/**
 * Follows what a server says of the mailbox. A NOTIFY counts when pjsip hands it to MicroSIP, which it says itself, or
 * shows by answering it with 2xx; anybody may send one, and MicroSIP believes anybody who is not refused.
 */
export class MessageWaiting {
  private state: Voicemail | undefined;
  private pending: Pending | undefined;
  private readonly seen = new Set<string>();

  constructor(private readonly report: (voicemail: Voicemail, time: number) => void) {}

  get current(): Voicemail | undefined {
    return this.state && { ...this.state };
  }

  message(message: SipMessage, sent: boolean, time: number): void {
    if (message.method !== 'NOTIFY') return;
    if (message.status === undefined) {
      if (!sent && eventOf(message) === 'message-summary' && this.isNew(message)) this.pending = { message, time };
    } else if (sent && this.isAnswer(message)) {
      if (message.status >= 200 && message.status < 300) this.accepted(time);
      else if (message.status >= 300) this.pending = undefined;
    }
  }

  /** @param text of a record of `pjsua_pres.c` */
  line(text: string, time: number): void {
    if (text === IN_SUBSCRIPTION || UNSOLICITED.test(text)) this.accepted(time);
  }

  /** @param text of a record of `pjsua_acc.c` */
  accountLine(text: string, time: number): void {
    if (DELETED.test(text)) this.end(time);
  }

  /** The line that says what became of it may be lost. Within a dialog that is not ours it would be refused. */
  tick(time: number): void {
    const { pending } = this;
    if (!pending || Math.abs(time - pending.time) <= SETTLED) return;
    if (pending.message.toTag === undefined) this.accepted(time);
    this.pending = undefined;
  }

  /** MicroSIP takes its sign away when pjsip stops and when the account is put out of use. */
  end(time: number): void {
    this.pending = undefined;
    if (this.state) this.become({ waiting: false }, time);
    this.state = undefined;
  }

  forget(): void {
    this.pending = undefined;
    this.state = undefined;
    this.seen.clear();
  }

  private isNew({ callId, cseq, branch }: SipMessage): boolean {
    const id = `${callId ?? ''} ${cseq ?? ''} ${branch ?? ''}`;
    if (this.seen.has(id)) return false;
    this.seen.add(id);
    const [oldest] = this.seen;
    if (this.seen.size > REMEMBERED && oldest !== undefined) this.seen.delete(oldest);
    return true;
  }

  private accepted(time: number): void {
    const { pending } = this;
    this.pending = undefined;
    const summary = pending && messageSummary(pending.message);
    if (summary) this.become(summary, time);
  }

  private isAnswer({ callId, cseq }: SipMessage): boolean {
    const { message } = this.pending ?? {};
    return message !== undefined && message.callId === callId && message.cseq === cseq;
  }

  private become(voicemail: Voicemail, time: number): void {
    const same = this.state && JSON.stringify(this.state) === JSON.stringify(voicemail);
    this.state = voicemail;
    if (!same) this.report({ ...voicemail }, time);
  }
}

function eventOf({ headers }: SipMessage): string | undefined {
  return headers.get('event')?.[0]?.split(';', 1)[0]?.trim().toLowerCase();
}
