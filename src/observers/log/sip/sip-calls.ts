import type { Direction } from '../../../phone/calls/call';
import * as dialog from './call-dialog';
import type { LogCall, LogCallEnd, LogHappening } from '../log-happening';
import { q850Cause, takenElsewhere } from './reason-header';
import { sdpDirection } from './sdp-direction';
import { partyOf, type SipParty } from './sip-address';
import { SipCall } from './sip-call';
import type { SipMessage } from './sip-message';

/** No second INVITE within this time (ms of the log) means that there will be none. */
const RETRY_WAIT = 2_000;
const REMEMBERED_CALLS = 500;
const MOST_OPEN_CALLS = 200;
const MOST_FORKS = 50;
/** What is written of the media of a call may come behind its end. */
const JUST_OVER = 8;

const TERMINATED = { status: 487, reason: 'Request Terminated' };
const CANCELLED: LogCallEnd = { by: 'local', ...TERMINATED };
const TIMED_OUT: LogCallEnd = { by: 'timeout', status: 408, reason: 'Request Timeout' };
const UNREACHABLE: LogCallEnd = { by: 'transport', status: 503, reason: 'Service Unavailable' };

/** pjsip answers these by sending the INVITE again at once, if it can (RFC 3261, 8.1.3.4 and 22.2; RFC 4028, 7.3). */
const mayBeRetried = (status: number): boolean => status < 400 || [401, 407, 422].includes(status);

/** What is left of a call that ended: its late and repeated messages must not look like a new one. */
interface PastCall {
  cseq: number;
  /** How many calls with this Call-ID were reported. */
  uses: number;
}

/** Follows the calls of one phone through the SIP messages that it sends and receives. Pure. */
export class SipCalls {
  private readonly calls = new Map<string, SipCall>();
  private readonly past = new Map<string, PastCall>();
  private readonly seenMessages = new Set<string>();
  private attempts = 0;
  /** The latest that ended, the newest last. */
  private justOver: SipCall[] = [];

  constructor(private readonly report: (happening: LogHappening) => void) {}

  /** @param time of a `LogClock`, ms */
  message(message: SipMessage, sent: boolean, time: number): void {
    if (message.callId === undefined) return;
    if (message.status === undefined) this.request(message, message.callId, sent, time);
    else this.response(message, message.callId, message.status, sent, time);
  }

  /** Time goes on: refusals that were not answered by a retry have ended their calls. */
  tick(time: number): void {
    for (const call of this.calls.values()) {
      if (call.refusal && Math.abs(time - call.refusal.time) > RETRY_WAIT) this.sessionOver(call, time);
    }
  }

  get open(): LogCall[] {
    return [...this.calls.values()].map((call) => call.view());
  }

  /** Calls that are going on, in the order of their beginnings. */
  get talking(): SipCall[] {
    return [...this.calls.values()].filter(({ answerTime }) => answerTime !== undefined);
  }

  byCallId(callId: string): SipCall | undefined {
    return this.calls.get(callId);
  }

  /** An open call by the tag of the far end; without a tag the newest one that was refused before it got one. */
  byRemoteTag(tag: string | undefined): SipCall | undefined {
    const calls = [...this.calls.values()].reverse();
    return calls.find((call) => (tag === undefined ? call.refusal : call.remoteTag === tag || call.earlyTags.has(tag)));
  }

  /** Those with this tag of the far end, open or just over. */
  withRemoteTag(tag: string): SipCall[] {
    const all = [...this.calls.values(), ...this.justOver];
    return all.filter(({ remoteTag, earlyTags }) => remoteTag === tag || earlyTags.has(tag));
  }

  /** pjsip gave up the INVITE with this CSeq without any final response. */
  inviteFailed(call: SipCall, cseq: number, by: 'timeout' | 'transport', time: number): void {
    if (call.direction !== 'outbound' || call.answerTime !== undefined || cseq !== call.inviteCseq) return;
    this.end(call, time, call.cancelSent ? CANCELLED : by === 'timeout' ? TIMED_OUT : UNREACHABLE);
  }

  /** pjsip's invite session is over; its last SIP message told how, or none did. */
  sessionOver(call: SipCall, time: number): void {
    if (this.calls.get(call.sipCallId ?? '') !== call) return;
    if (call.refusal) {
      const { time: refused, ...refusal } = call.refusal;
      this.end(call, refused, { by: 'remote', ...refusal });
    } else this.end(call, time, call.cancelSent ? CANCELLED : { by: 'unknown' });
  }

  /** A call that was dialled and died before a SIP message was sent. */
  attemptFailed(party: SipParty, dialled: number, time: number): void {
    this.attempts += 1;
    const call = new SipCall(`dialled-${dialled}-${this.attempts}`, undefined, 'outbound', dialled, undefined, party);
    this.show(call, dialled);
    this.report({ type: 'ended', time, call: call.view(), end: UNREACHABLE });
  }

  /** The program is gone, and its calls with it. */
  endAll(time: number): void {
    for (const call of this.calls.values()) this.end(call, time, { by: 'unknown', concluded: true });
  }

  /** Another program writes. Its calls are other ones, also with a Call-ID that there has been. */
  forget(): void {
    this.calls.clear();
    for (const past of this.past.values()) past.cseq = -1;
    this.seenMessages.clear();
    this.justOver = [];
  }

  private request(message: SipMessage, callId: string, sent: boolean, time: number): void {
    if (message.method === 'INVITE' && message.toTag === undefined) {
      this.opening(message, callId, sent ? 'outbound' : 'inbound', time);
      return;
    }
    if (message.method === 'MESSAGE') {
      this.instantMessage(message, callId, sent, time);
      return;
    }
    const call = this.calls.get(callId);
    if (!call) return;
    if (message.method === 'CANCEL') this.cancel(call, message, sent, time);
    else if (call.owns(message, sent)) this.inDialog(call, message, sent, time);
  }

  private inDialog(call: SipCall, message: SipMessage, sent: boolean, time: number): void {
    const report = this.report;
    switch (message.method) {
      case 'INVITE':
      case 'UPDATE':
        if (!sent) call.learnIdentity(message);
        dialog.noteOffer(call, message, sent);
        this.show(call, time);
        break;
      case 'ACK':
        dialog.noteLateAnswer(call, message);
        this.show(call, time);
        break;
      case 'INFO':
        dialog.noteInfo(call, message, sent, time, report);
        break;
      case 'REFER':
        if (sent) dialog.noteRefer(call, message, time);
        break;
      case 'NOTIFY':
        if (!sent) dialog.noteReferProgress(call, message, time, report);
        break;
      case 'BYE':
        dialog.confirmTransfer(call, time, report);
        this.end(call, time, { by: sent ? 'local' : 'remote', ...byeStatus(call), ...q850Cause(message) });
        break;
    }
  }

  /** An INVITE outside of a dialog: a new call, or another try of one. */
  private opening(message: SipMessage, callId: string, direction: Direction, time: number): SipCall | undefined {
    const cseq = message.cseq ?? 0;
    const known = this.calls.get(callId);
    if (known) {
      if (known.direction === direction && cseq > known.inviteCseq) known.retry(message);
      return undefined;
    }
    const past = this.past.get(callId);
    if (past && cseq <= past.cseq) return undefined;
    const key = past && past.uses > 0 ? `${callId} (${past.uses + 1})` : callId;
    const call = new SipCall(key, callId, direction, time, message);
    this.makeRoom(time);
    this.calls.set(callId, call);
    this.show(call, time);
    return call;
  }

  /** Calls that never rang go first: anybody can send INVITEs that come to nothing. */
  private makeRoom(time: number): void {
    if (this.calls.size < MOST_OPEN_CALLS) return;
    const calls = [...this.calls.values()];
    const stale = calls.find(({ state }) => state === 'offered') ?? calls[0];
    if (stale) this.end(stale, time, { by: 'unknown', concluded: true });
  }

  private cancel(call: SipCall, message: SipMessage, sent: boolean, time: number): void {
    if (call.answerTime !== undefined || message.cseq !== call.inviteCseq) return;
    if (sent) {
      if (call.direction === 'outbound') call.cancelSent = true;
      return;
    }
    if (call.direction !== 'inbound' || message.fromTag !== call.remoteTag) return;
    const elsewhere = takenElsewhere(message);
    this.end(call, time, { by: 'remote', ...TERMINATED, ...(elsewhere && { elsewhere }), ...q850Cause(message) });
  }

  private response(message: SipMessage, callId: string, status: number, sent: boolean, time: number): void {
    let call = this.calls.get(callId);
    if (!call && sent && answersLostInvite(message, status)) call = this.opening(message, callId, 'inbound', time);
    if (!call) return;
    if (message.method === 'BYE') {
      // The BYE itself is not in the log.
      const ended = status >= 200 && status < 300 && call.owns(message, sent);
      if (ended) this.end(call, time, { by: sent ? 'remote' : 'local', ...byeStatus(call) });
      return;
    }
    if (message.method === 'CANCEL') {
      if (!sent && status < 300 && call.direction === 'outbound') call.cancelSent = true;
      return;
    }
    if (message.method === 'REFER') {
      if (!sent) dialog.noteReferAnswer(call, message, status);
      return;
    }
    if (message.method !== 'INVITE' && message.method !== 'UPDATE') return;
    const opens = message.method === 'INVITE' && message.cseq === call.inviteCseq;
    if (!opens) {
      if (!sent && status < 300) call.learnIdentity(message);
      dialog.noteAnswer(call, message, status, sent);
      this.show(call, time);
    } else if (sent === (call.direction === 'inbound')) {
      if (sent) this.ownResponse(call, message, status, time);
      else this.farResponse(call, message, status, time);
    }
  }

  private ownResponse(call: SipCall, message: SipMessage, status: number, time: number): void {
    // A copy of the INVITE that came another way is refused with 482 and is no end of the call.
    if (call.branch !== undefined && message.branch !== undefined && call.branch !== message.branch) return;
    if (call.answerTime !== undefined) return;
    if (status >= 300) {
      // We say this only to a caller who gave up, whose CANCEL is not in the log.
      const by = status === 487 ? 'remote' : 'local';
      this.end(call, time, { by, status, reason: message.reason ?? '', ...q850Cause(message) });
      return;
    }
    if (message.toTag !== undefined) call.localTag = message.toTag;
    if (status >= 180 && status < 200 && !call.rings) {
      call.rings = true;
      call.ringTime = time;
    }
    if (status >= 200) this.answered(call, message, time);
    this.show(call, time);
  }

  private farResponse(call: SipCall, message: SipMessage, status: number, time: number): void {
    if (call.answerTime !== undefined) return;
    if (message.toTag !== undefined && call.earlyTags.size < MOST_FORKS) call.earlyTags.add(message.toTag);
    if (status >= 300) {
      this.refused(call, message, status, time);
      return;
    }
    call.learnIdentity(message);
    if ((status === 180 || status === 183) && !call.rings) {
      call.rings = true;
      call.ringTime = time;
    }
    if (status >= 200) {
      call.remoteTag ??= message.toTag;
      // Our CANCEL came too late for the far end, not for the user: pjsip sends a BYE at once.
      if (!call.cancelSent) this.answered(call, message, time);
    }
    this.show(call, time);
  }

  private answered(call: SipCall, message: SipMessage, time: number): void {
    call.answerTime = time;
    call.refusal = undefined;
    call.hold.begin(call.direction === 'inbound' ? 'remote' : 'local', call.initialOffer, sdpDirection(message));
  }

  private refused(call: SipCall, message: SipMessage, status: number, time: number): void {
    const refusal = { status, reason: message.reason ?? '', ...q850Cause(message) };
    if (mayBeRetried(status) && !call.cancelSent) call.refusal = { time, ...refusal };
    else this.end(call, time, { by: status === 487 && call.cancelSent ? 'local' : 'remote', ...refusal });
  }

  private instantMessage(message: SipMessage, callId: string, sent: boolean, time: number): void {
    const id = `${sent ? 'to' : 'from'} ${callId} ${message.cseq ?? ''}`;
    if (this.seenMessages.has(id)) return;
    this.seenMessages.add(id);
    for (const oldest of this.seenMessages) {
      if (this.seenMessages.size <= REMEMBERED_CALLS) break;
      this.seenMessages.delete(oldest);
    }
    this.report({ type: 'message', time, sent, party: partyOf(message.headers.get(sent ? 'to' : 'from')?.[0]) });
  }

  private show(call: SipCall, time: number): void {
    if (call.changed(time)) this.report({ type: 'call', time, call: call.view() });
  }

  private end(call: SipCall, time: number, end: LogCallEnd): void {
    const callId = call.sipCallId ?? '';
    const offered = call.state === 'offered';
    const uses = (this.past.get(callId)?.uses ?? 0) + (offered ? 0 : 1);
    this.calls.delete(callId);
    this.justOver = [...this.justOver.slice(1 - JUST_OVER), call];
    this.past.delete(callId);
    this.past.set(callId, { cseq: call.inviteCseq, uses });
    for (const oldest of this.past.keys()) {
      if (this.past.size <= REMEMBERED_CALLS) break;
      this.past.delete(oldest);
    }
    this.report({ type: offered ? 'never_rang' : 'ended', time, call: call.view(), end });
  }
}

/**
 * Our first responses to an INVITE that the log does not hold, or not up to its Call-ID: within a call that goes on, none
 * rings and none is without our tag.
 */
function answersLostInvite({ method, toTag }: SipMessage, status: number): boolean {
  return method === 'INVITE' && (toTag === undefined || (status >= 180 && status < 200));
}

/** A BYE is the normal end of an answered call; before the answer it only cancels. */
function byeStatus(call: SipCall): Pick<LogCallEnd, 'status' | 'reason'> {
  return call.answerTime === undefined ? TERMINATED : { status: 200, reason: 'OK' };
}
