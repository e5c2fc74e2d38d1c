import { randomUUID } from 'node:crypto';
import type { Registration } from '../../../phone/calls/call';
import { objectName, OwnIdentity, OWN_ADDRESS, randomHex, SERVER_ADDRESS } from './sip-dialog';
import type { SipExchange } from './sip-exchange';
import { OWN_METHODS, sipMessage, USER_AGENT } from './sip-message-text';

/** Seconds (docs/microsip/interface.md#4: `registerRefresh`). */
const TERM = 300;

interface Attempt {
  own: OwnIdentity;
  cseq: number;
  branch: string;
  tag: string;
  expires: number;
}

/** The account's registration in the log (docs/microsip/log.md#6). */
export class RegistrationLog {
  private readonly callId = randomUUID();
  private cseq = 10_000;
  /** Sent, and not answered yet. */
  private attempt: Attempt | undefined;
  private last: Registration['state'] | undefined;

  constructor(private readonly exchange: SipExchange) {}

  changed({ state, sipStatus }: Registration, own: OwnIdentity): void {
    switch (state) {
      case 'registering':
        this.send(own, TERM);
        break;
      case 'registered':
        this.answer(this.attempt ?? this.send(own, TERM), 200);
        break;
      case 'failed':
        this.answer(this.attempt ?? this.send(own, TERM), sipStatus ?? 403);
        break;
      case 'unregistered':
        this.signOff(own);
        break;
      case 'none':
        break;
    }
    this.last = state;
  }

  /** The account is taken out of service, or the SIP stack ends. */
  signOff(own: OwnIdentity): void {
    if (this.last === 'registered') this.answer(this.send(own, 0), 200);
    this.last = 'unregistered';
  }

  private send(own: OwnIdentity, expires: number): Attempt {
    this.cseq += 1;
    const attempt = { own, cseq: this.cseq, branch: randomHex(32), tag: randomHex(32), expires };
    this.attempt = attempt;
    const what = `Request msg REGISTER/cseq=${attempt.cseq}`;
    const data = objectName('tdta');
    const un = expires > 0 ? '' : 'un';
    this.exchange.line('ui', 'pjsua_acc.c', 1, `Acc 0: setting ${un}registration..`);
    this.exchange.line('ui', 'sip_util.c', 2, `${what} (${data}) created.`);
    this.exchange.transmit('ui', 3, what, data, requestText(this.callId, attempt));
    this.exchange.line('ui', 'pjsua_acc.c', 2, `Acc 0: ${expires > 0 ? 'Registration' : 'Unregistration'} sent`);
    return attempt;
  }

  private answer(attempt: Attempt, status: number): void {
    this.attempt = undefined;
    const text = responseText(this.callId, attempt, status);
    this.exchange.receive(`Response msg ${status}/REGISTER/cseq=${attempt.cseq}`, text);
    this.exchange.line('worker', 'pjsua_acc.c', 4, verdict(attempt, status));
  }
}

function verdict({ own, expires }: Attempt, status: number): string {
  if (expires === 0) return `${own.address}: unregistration success`;
  if (status === 200)
    return `${own.address}: registration success, status=200 (OK), will re-register in ${TERM} seconds`;
  // A wrong password is refused again and again, until PJSIP gives up (docs/microsip/log.md#6).
  if (status === 401) return 'SIP registration error: Maximum number of stale retries exceeded [status=171111]';
  return `SIP registration failed, status=${status} (${reasonOf(status)})`;
}

function requestText(callId: string, { own, cseq, branch, tag, expires }: Attempt): string {
  return sipMessage({
    start: `REGISTER sip:${own.domain} SIP/2.0`,
    ours: true,
    headers: [
      `Via: SIP/2.0/UDP ${OWN_ADDRESS};rport;branch=z9hG4bKPj${branch}`,
      `Route: <sip:${SERVER_ADDRESS};lr>`,
      'Max-Forwards: 70',
      `From: ${own.address};tag=${tag}`,
      `To: ${own.address}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} REGISTER`,
      `User-Agent: ${USER_AGENT}`,
      `Contact: ${own.contact}`,
      `Expires: ${expires}`,
      ...(expires > 0 ? [`Allow: ${OWN_METHODS}`] : []),
    ],
  });
}

function responseText(callId: string, { own, cseq, branch, tag, expires }: Attempt, status: number): string {
  return sipMessage({
    start: `SIP/2.0 ${status} ${reasonOf(status)}`,
    ours: false,
    headers: [
      `Via: SIP/2.0/UDP ${OWN_ADDRESS};rport;branch=z9hG4bKPj${branch}`,
      `From: ${own.address};tag=${tag}`,
      `To: ${own.address};tag=pbx${tag.slice(0, 8)}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} REGISTER`,
      'Server: TestPBX/1.0',
      ...(status === 200 && expires > 0 ? [`Contact: ${own.contact};expires=${expires}`, `Expires: ${expires}`] : []),
    ],
  });
}

function reasonOf(status: number): string {
  if (status === 200) return 'OK';
  return status === 401 ? 'Unauthorized' : status === 403 ? 'Forbidden' : 'Registration Failed';
}
