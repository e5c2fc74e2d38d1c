import { partyOf, partyOfUri, type SipParty } from './sip-address';
import type { SipCalls } from './sip-calls';
import type { SipMessage } from './sip-message';

const MOST_NAMES = 100;
/** `inv` and `tsx` are followed by the address of the object, as the C library prints it; the sender column may cut it. */
const INVITE_SESSION = /^inv(?:0x)?[0-9A-Fa-f]+$/;
const TRANSACTION = /^tsx(?:0x)?[0-9A-Fa-f]+$/;

const SENDING_INVITE = /^Sending (?:Request|Response) msg (?:\d{3}\/)?INVITE\/cseq=(\d+) \((tdta\w+)\)/;
const SESSION_OVER = /^State changed from \w+ to DISCONNECTED\b/;
const GIVEN_UP = /^State changed from (?:Null|Calling|Proceeding) to Terminated, event=(TIMER|TRANSPORT_ERROR)\b/;
const MAKING_CALL = /^Making call with acc #\d+ to (.*)$/s;
const CALL_DUMP = /^\s+\[DISCONN(?:ECTED|CTD)\] To: (.*)/;

interface Attempt {
  party: SipParty;
  dialled: number;
}

/**
 * Finds the ends of calls that no SIP message tells of, in what pjsip says of its own objects. Their names are
 * addresses in memory and stand beside no Call-ID; what connects them is the name of the transmitted message.
 */
export class InviteSessions {
  /** Call-ID by the name of the object. */
  private readonly callIds = new Map<string, { callId: string; cseq: number }>();
  /** Objects that announced to send a message, by the name of the message. */
  private readonly senders = new Map<string, Set<string>>();
  /** A dialled call without any SIP message yet, and the session that was made for it. */
  private attempt: (Attempt & { session?: string }) | undefined;

  constructor(private readonly calls: SipCalls) {}

  /** @param data name of the transmitted message in pjsip's memory */
  transmitted(message: SipMessage, data: string): void {
    const names = this.senders.get(data);
    this.senders.delete(data);
    if (message.method !== 'INVITE' || message.callId === undefined) return;
    if (message.status === undefined && message.toTag === undefined) this.attempt = undefined;
    for (const name of names ?? []) limit(this.callIds, name, { callId: message.callId, cseq: message.cseq ?? 0 });
  }

  /** @param time of a `LogClock`, ms */
  line(sender: string, text: string, time: number): void {
    if (INVITE_SESSION.test(sender)) this.session(sender, text, time);
    else if (TRANSACTION.test(sender)) this.transaction(sender, text, time);
    else if (sender === 'pjsua_call.c') this.dialled(text, time);
    else if (sender === 'pjsua_media.c') this.dump(text, time);
  }

  forget(): void {
    this.callIds.clear();
    this.senders.clear();
    this.attempt = undefined;
  }

  private session(sender: string, text: string, time: number): void {
    if (text.startsWith('UAC invite session created')) {
      this.callIds.delete(sender);
      if (this.attempt) this.attempt.session = sender;
    } else if (text.startsWith('UAS invite session created')) this.callIds.delete(sender);
    else if (text.startsWith('Delaying CANCEL')) {
      const call = this.callOf(sender);
      if (call) call.cancelSent = true;
    } else if (SESSION_OVER.test(text)) this.over(sender, time);
    else this.sending(sender, text);
  }

  private over(sender: string, time: number): void {
    if (this.attempt?.session === sender) this.attemptOver(time);
    const call = this.callOf(sender);
    this.callIds.delete(sender);
    // After a CANCEL of the far end or a BYE the call has long ended.
    if (call) this.calls.sessionOver(call, time);
  }

  private transaction(sender: string, text: string, time: number): void {
    const givenUp = GIVEN_UP.exec(text);
    if (!givenUp) {
      this.sending(sender, text);
      return;
    }
    const call = this.callOf(sender);
    const cseq = this.callIds.get(sender)?.cseq ?? -1;
    this.callIds.delete(sender);
    if (call) this.calls.inviteFailed(call, cseq, givenUp[1] === 'TIMER' ? 'timeout' : 'transport', time);
  }

  private sending(sender: string, text: string): void {
    const data = SENDING_INVITE.exec(text)?.[2];
    if (data === undefined) return;
    const names = this.senders.get(data) ?? new Set();
    names.add(sender);
    limit(this.senders, data, names);
  }

  private dialled(text: string, time: number): void {
    const address = MAKING_CALL.exec(text)?.[1];
    if (address !== undefined) this.attempt = { party: dialledParty(address), dialled: time };
    else if (text.startsWith('Unable to make call')) this.attempt = undefined;
  }

  /** The call dump at the end of a call: all that a pjsip before 2.14 says of an end that no SIP message shows. */
  private dump(text: string, time: number): void {
    const remote = CALL_DUMP.exec(text)?.[1];
    if (remote === undefined) return;
    const tag = /;tag=([^\s;]+)/.exec(remote)?.[1];
    const ofAttempt = tag === undefined && this.attempt?.party.number === partyOf(remote).number;
    if (ofAttempt && this.attempt?.session !== undefined) this.attemptOver(time);
    const call = this.calls.byRemoteTag(tag);
    // The messages that ended it may have been lost.
    if (call) this.calls.sessionOver(call, time);
  }

  private attemptOver(time: number): void {
    if (this.attempt) this.calls.attemptFailed(this.attempt.party, this.attempt.dialled, time);
    this.attempt = undefined;
  }

  private callOf(sender: string): ReturnType<SipCalls['byCallId']> {
    return this.calls.byCallId(this.callIds.get(sender)?.callId ?? '');
  }
}

/** What was dialled may have a display name in front. */
function dialledParty(address: string): SipParty {
  const uri = /<([^>]*)>/.exec(address)?.[1];
  return uri === undefined ? partyOfUri(address) : { ...partyOf(address), uri: partyOfUri(uri).uri ?? '' };
}

function limit<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MOST_NAMES) break;
    map.delete(oldest);
  }
}
