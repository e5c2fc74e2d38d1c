import type { Clock } from '../../../clock';
import type { AudioStreams } from '../../calls/audio-streams';
import { ENDINGS, type Ending } from '../../calls/simulated-call';
import type { Refusal } from '../../calls/call-table';
import { mirrored, ownDirection, ownSession, remoteSession } from './session-description';
import type { SipDialog, Transaction } from './sip-dialog';
import { sipUri } from './sip-address-text';
import type { SipExchange } from './sip-exchange';
import { SipMediaLines } from './sip-media-lines';

const TRYING = { status: 100, reason: 'Trying' };
const OK = { status: 200, reason: 'OK' };
const RING_REASONS = { 180: 'Ringing', 183: 'Session Progress' };
const ELSEWHERE = 'Reason: SIP;cause=200;text="Call completed elsewhere"';

/** What PJSIP writes into its log when something happens to a call. */
export class CallLogLines {
  private readonly media: SipMediaLines;

  constructor(
    private readonly exchange: SipExchange,
    private readonly clock: Clock,
    streams: AudioStreams,
  ) {
    this.media = new SipMediaLines(exchange, clock, streams);
  }

  dialled(dialog: SipDialog): void {
    this.exchange.line('ui', 'pjsua_call.c', 0, `Making call with acc #0 to ${dialog.dialledUri}`);
    this.media.created(dialog, 'ui');
    this.exchange.line('ui', dialog.inv, 1, `UAC invite session created for dialog ${dialog.dlg}`);
    const invite = this.exchange.sendRequest(dialog, 'ui', 'INVITE', ownSession(dialog, 'sendrecv', true));
    this.exchange.state(dialog, 'ui', 'CALLING', 'TSX_STATE');
    this.exchange.receiveResponse(dialog, invite, TRYING);
  }

  offered(dialog: SipDialog): void {
    const invite = this.exchange.receiveRequest(dialog, 'INVITE', remoteSession(dialog, 'sendrecv'));
    this.exchange.line('worker', dialog.inv, 2, `UAS invite session created for dialog ${dialog.dlg}`);
    this.media.created(dialog, 'worker');
    this.exchange.sendResponse(dialog, 'worker', invite, TRYING);
    this.exchange.state(dialog, 'worker', 'INCOMING', 'TSX_STATE');
  }

  /** All slots are taken: it becomes no call of PJSIP. */
  turnedAway(dialog: SipDialog): void {
    const invite = this.exchange.receiveRequest(dialog, 'INVITE', remoteSession(dialog, 'sendrecv'));
    this.exchange.line('worker', 'pjsua_call.c', 2, 'Unable to accept incoming call (too many calls)');
    this.exchange.sendResponse(dialog, 'worker', invite, { status: 486, reason: 'Busy Here' });
    this.exchange.receiveAck(dialog, invite, false);
  }

  rings(dialog: SipDialog): void {
    const { opening } = dialog;
    const status = dialog.call.ringStatus ?? 180;
    const answer = { status, reason: RING_REASONS[status] };
    dialog.firstResponseTime ??= this.clock.now();
    if (opening?.ours) {
      const session = status === 183 ? remoteSession(dialog, 'sendrecv') : {};
      this.exchange.receiveResponse(dialog, opening, { ...answer, ...session });
      this.exchange.state(dialog, 'worker', 'EARLY', 'TSX_STATE');
    } else if (opening) {
      this.exchange.line('ui', 'pjsua_call.c', 0, `Answering call ${dialog.slot}: code=180`);
      this.exchange.sendResponse(dialog, 'ui', opening, answer);
      this.exchange.state(dialog, 'ui', 'EARLY', 'TSX_STATE');
    }
  }

  answered(dialog: SipDialog): void {
    const { opening } = dialog;
    dialog.firstResponseTime ??= this.clock.now();
    dialog.connectedTime = this.clock.now();
    if (opening?.ours) {
      this.exchange.receiveResponse(dialog, opening, { ...OK, ...remoteSession(dialog, 'sendrecv') });
      this.exchange.state(dialog, 'worker', 'CONNECTING', 'TSX_STATE');
      this.media.updated(dialog, 'worker', 'sendrecv');
      this.exchange.sendAck(dialog, opening, true);
      this.exchange.state(dialog, 'worker', 'CONFIRMED', 'TX_MSG');
    } else if (opening) {
      this.exchange.line('ui', 'pjsua_call.c', 0, `Answering call ${dialog.slot}: code=200`);
      this.media.updated(dialog, 'ui', 'sendrecv');
      this.exchange.sendResponse(dialog, 'ui', opening, { ...OK, ...ownSession(dialog, 'sendrecv', false) });
      this.exchange.state(dialog, 'ui', 'CONNECTING', 'TSX_STATE');
      this.exchange.receiveAck(dialog, opening, true);
      this.exchange.state(dialog, 'worker', 'CONFIRMED', 'RX_MSG');
    }
  }

  /** We hold the call or take it back; the call has its new state already. */
  heldByUs(dialog: SipDialog): void {
    this.renegotiated(dialog);
  }

  /** A build sends a new INVITE right after a call has connected, which tells the far end a new Contact (docs/microsip/corrections.md#28). */
  contactUpdated(dialog: SipDialog): void {
    this.renegotiated(dialog);
  }

  private renegotiated(dialog: SipDialog): void {
    const direction = ownDirection(dialog.call);
    const { slot } = dialog;
    const what = dialog.call.localHold ? `Putting call ${slot} on hold` : `Sending re-INVITE on call ${slot}`;
    this.exchange.line('ui', 'pjsua_call.c', 0, what);
    const invite = this.exchange.sendRequest(dialog, 'ui', 'INVITE', ownSession(dialog, direction, true));
    this.exchange.receiveResponse(dialog, invite, { ...OK, ...remoteSession(dialog, mirrored(direction)) });
    this.media.updated(dialog, 'worker', direction);
    this.exchange.sendAck(dialog, invite, true);
  }

  heldByThem(dialog: SipDialog): void {
    const direction = ownDirection(dialog.call);
    const invite = this.exchange.receiveRequest(dialog, 'INVITE', remoteSession(dialog, mirrored(direction)));
    this.exchange.line('worker', 'pjsua_call.c', 5, `Call ${dialog.slot}: received updated media offer`);
    this.media.updated(dialog, 'worker', direction);
    this.exchange.sendResponse(dialog, 'worker', invite, { ...OK, ...ownSession(dialog, direction, false) });
    this.exchange.receiveAck(dialog, invite, true);
  }

  /** The far end takes the target over at once. */
  transferred(dialog: SipDialog, user: string, host: string): void {
    const target = sipUri(user, host);
    this.exchange.line('ui', 'pjsua_call.c', 0, `Transferring call ${dialog.slot} to ${target}`);
    const headers = ['Event: refer', 'Expires: 600', `Refer-To: ${target}`, `Referred-By: ${dialog.own.address}`];
    const refer = this.exchange.sendRequest(dialog, 'ui', 'REFER', { headers });
    this.exchange.receiveResponse(dialog, refer, { status: 202, reason: 'Accepted' });
    this.progress(dialog, '100 Trying', 'active;expires=60');
    this.progress(dialog, '200 OK', 'terminated;reason=noresource');
  }

  refused(dialog: SipDialog, { sipStatus, sipReason, why }: Refusal, forwardedTo: string | undefined): void {
    const headers = [
      ...(why === undefined ? [] : [`Reason: SIP ;cause=486 ;text="${why}"`]),
      ...(sipStatus === 302 && forwardedTo !== undefined ? [`Contact: <${forwardedTo}>`] : []),
    ];
    const { opening } = dialog;
    if (!opening) return;
    this.exchange.line('ui', 'pjsua_call.c', 0, `Call ${dialog.slot} hanging up: code=${sipStatus}..`);
    this.media.removed(dialog, 'ui');
    this.exchange.sendResponse(dialog, 'ui', opening, { status: sipStatus, reason: sipReason, headers });
    this.exchange.state(dialog, 'ui', 'DISCONNECTED', 'TSX_STATE');
    this.exchange.receiveAck(dialog, opening, false);
  }

  ended(dialog: SipDialog, ending: Ending, forwardedTo: string | undefined): void {
    const { opening, call } = dialog;
    if (!opening) return;
    const local = ending.endedBy === 'local';
    if (call.stage === 'confirmed') {
      if (local) this.hungUp(dialog);
      else this.hungUpByThem(dialog);
    } else if (!opening.ours) {
      if (local) this.refused(dialog, ending, forwardedTo);
      else this.givenUp(dialog, opening, ending);
    } else if (local) this.cancelled(dialog, opening);
    else {
      this.exchange.receiveResponse(dialog, opening, { status: ending.sipStatus, reason: ending.sipReason });
      this.over(dialog);
    }
  }

  private hungUp(dialog: SipDialog): void {
    this.exchange.line('ui', 'pjsua_call.c', 0, `Call ${dialog.slot} hanging up: code=0..`);
    this.media.removed(dialog, 'ui');
    const bye = this.exchange.sendRequest(dialog, 'ui', 'BYE');
    this.exchange.receiveResponse(dialog, bye, OK);
    this.exchange.state(dialog, 'worker', 'DISCONNECTED', 'TSX_STATE');
  }

  private hungUpByThem(dialog: SipDialog): void {
    const bye = this.exchange.receiveRequest(dialog, 'BYE');
    this.exchange.sendResponse(dialog, 'worker', bye, OK);
    this.over(dialog);
  }

  private givenUp(dialog: SipDialog, opening: Transaction, { elsewhere, cancelReason }: Ending): void {
    const own = cancelReason === undefined ? [] : [`Reason: SIP;cause=487;text=${JSON.stringify(cancelReason)}`];
    const cancel = this.exchange.receiveCancel(dialog, opening, { headers: elsewhere ? [ELSEWHERE] : own });
    this.exchange.sendResponse(dialog, 'worker', cancel, OK);
    this.exchange.sendResponse(dialog, 'worker', opening, terminated());
    this.over(dialog);
    this.exchange.receiveAck(dialog, opening, false);
  }

  private cancelled(dialog: SipDialog, opening: Transaction): void {
    this.exchange.line('ui', 'pjsua_call.c', 0, `Call ${dialog.slot} hanging up: code=0..`);
    this.media.removed(dialog, 'ui');
    const cancel = this.exchange.sendCancel(dialog, 'ui', opening);
    this.exchange.receiveResponse(dialog, cancel, OK);
    this.exchange.receiveResponse(dialog, opening, terminated());
    this.exchange.state(dialog, 'worker', 'DISCONNECTED', 'TSX_STATE');
  }

  private over(dialog: SipDialog): void {
    this.exchange.state(dialog, 'worker', 'DISCONNECTED', 'TSX_STATE');
    this.media.removed(dialog, 'worker');
  }

  private progress(dialog: SipDialog, status: string, subscription: string): void {
    const notify = this.exchange.receiveRequest(dialog, 'NOTIFY', {
      headers: ['Event: refer', `Subscription-State: ${subscription}`],
      body: { type: 'message/sipfrag;version=2.0', text: `SIP/2.0 ${status}\r\n` },
    });
    this.exchange.sendResponse(dialog, 'worker', notify, OK);
  }
}

function terminated(): { status: number; reason: string } {
  const { sipStatus, sipReason } = ENDINGS.cancelledByThem;
  return { status: sipStatus, reason: sipReason };
}
