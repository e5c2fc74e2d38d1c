import { otherSide, type Side } from './call-hold';
import type { LogHappening } from '../log-happening';
import { sdpDirection } from './sdp-direction';
import { partyOf } from './sip-address';
import type { SipCall } from './sip-call';
import type { SipMessage } from './sip-message';

type Report = (happening: LogHappening) => void;

const MOST_OPEN_OFFERS = 16;
const SIPFRAG_STATUS = /^\s*SIP\/2\.0 (\d{3})\b/i;

const sideOf = (sent: boolean): Side => (sent ? 'local' : 'remote');

/** A re-INVITE or UPDATE: may hold the call or take it back, once it is accepted. */
export function noteOffer(call: SipCall, message: SipMessage, sent: boolean): void {
  const offer = sdpDirection(message);
  const offerless = offer === undefined && message.whole;
  if (offerless && message.method !== 'INVITE') return;
  if (call.exchanges.size >= MOST_OPEN_OFFERS) call.exchanges.clear();
  call.exchanges.set(exchangeKey(message, sideOf(sent)), {
    offerer: sideOf(sent),
    ...(offer && { offer }),
    offerless,
  });
}

/** The response to a re-INVITE or UPDATE. */
export function noteAnswer(call: SipCall, message: SipMessage, status: number, sent: boolean): void {
  const key = exchangeKey(message, otherSide(sideOf(sent)));
  const exchange = call.exchanges.get(key);
  if (!exchange || status < 200) return;
  call.exchanges.delete(key);
  if (status >= 300) return;
  const direction = sdpDirection(message);
  if (!exchange.offerless) {
    call.hold.agree(exchange.offerer, exchange.offer, direction);
  } else if (direction !== undefined) {
    call.exchanges.set(`ACK ${message.cseq ?? ''}`, { offerer: sideOf(sent), offer: direction, offerless: false });
  }
}

/** The ACK answers when the INVITE had no offer and the response made it. */
export function noteLateAnswer(call: SipCall, message: SipMessage): void {
  const key = `ACK ${message.cseq ?? ''}`;
  const exchange = call.exchanges.get(key);
  if (!exchange) return;
  call.exchanges.delete(key);
  call.hold.agree(exchange.offerer, exchange.offer, sdpDirection(message));
}

/** DTMF by SIP INFO: one request per digit. */
export function noteInfo(call: SipCall, message: SipMessage, sent: boolean, time: number, report: Report): void {
  if (!/^application\/dtmf/i.test(message.headers.get('content-type')?.[0] ?? '')) return;
  const cseq = message.cseq ?? 0;
  if (cseq <= call.lastInfo[sideOf(sent)]) return;
  call.lastInfo[sideOf(sent)] = cseq;
  report({ type: 'dtmf', time, key: call.key, sent });
}

/** We ask the far end to call somebody else. */
export function noteRefer(call: SipCall, message: SipMessage, time: number): void {
  const target = message.headers.get('refer-to')?.[0];
  const cseq = message.cseq ?? 0;
  if (target === undefined || (call.transfer && cseq <= call.transfer.cseq)) return;
  call.transfer = { cseq, requested: time, target: partyOf(target), accepted: false };
}

export function noteReferAnswer(call: SipCall, message: SipMessage, status: number): void {
  if (!call.transfer || call.transfer.cseq !== message.cseq) return;
  if (status >= 200 && status < 300) call.transfer.accepted = true;
  else if (status >= 300 && status !== 401 && status !== 407) call.transfer = undefined;
}

/** How the transfer goes on: the far end reports the status of its call to the target (RFC 3515, 2.4.4). */
export function noteReferProgress(call: SipCall, message: SipMessage, time: number, report: Report): void {
  if (!/^refer\b/i.test(message.headers.get('event')?.[0] ?? '')) return;
  const status = Number(SIPFRAG_STATUS.exec(message.body)?.[1]);
  if (status >= 200 && status < 300) confirmTransfer(call, time, report);
  else if (status >= 300) call.transfer = undefined;
}

/** An accepted transfer whose call ends without a refusal went through. */
export function confirmTransfer(call: SipCall, time: number, report: Report): void {
  if (!call.transfer?.accepted) return;
  const { requested, target } = call.transfer;
  call.transfer = undefined;
  report({ type: 'transferred', time, requested, key: call.key, target });
}

function exchangeKey(message: SipMessage, requester: Side): string {
  return `${requester} ${message.method} ${message.cseq ?? ''}`;
}
