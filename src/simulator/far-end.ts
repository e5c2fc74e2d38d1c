import { randomUUID } from 'node:crypto';
import { PhoneError } from '../phone/phone-error';
import { refusal } from './incoming-checks';
import type { SimulatedMicrosip } from './simulated-microsip';
import { ENDINGS, isRingingIn, type Ending, type SimulatedCall } from './simulated-call';

export interface IncomingCall {
  number: string;
  name?: string;
  /** `sip:user@host`: only for a caller whose host is not our own domain. */
  uri?: string;
}

type Fits = (call: SimulatedCall) => boolean;

/**
 * Plays the people and servers on the other side. Every method takes the SIP Call-ID of a call, or means the newest call
 * that fits. While MicroSIP hangs, what they do waits and happens when it recovers.
 * @throws PhoneError `no_call` when no call fits
 */
export class FarEnd {
  constructor(private readonly microsip: SimulatedMicrosip) {}

  /**
   * Somebody calls us.
   * @returns the SIP Call-ID; also when MicroSIP refuses the call by itself and it never rings
   * @throws PhoneError `no_call` when MicroSIP does not run or is not registered: nobody could reach it; `config` for an
   * address that is none
   */
  incoming({ number, name, uri }: IncomingCall): string {
    const { microsip } = this;
    const { state } = microsip.registration;
    const host = uri === undefined ? microsip.domain : hostOf(uri);
    if (!microsip.isReady || state === 'unregistered' || state === 'failed') {
      throw new PhoneError('no_call', 'nothing_fits');
    }
    const sipCallId = randomUUID();
    microsip.ui.run(() => {
      const refused = refusal(microsip, number, host);
      if (refused !== undefined) {
        microsip.journal.add('refused', refused, sipCallId);
        return;
      }
      microsip.calls.add({
        sipCallId,
        direction: 'inbound',
        number,
        ...(name !== undefined && name !== '' && name !== number && { name }),
        host,
        account: microsip.account,
        stage: 'early',
        localHold: false,
        remoteHold: false,
        dtmfTail: '',
      });
    });
    return sipCallId;
  }

  /** The far end rings. */
  ring(sipCallId?: string): void {
    this.onCall(
      sipCallId,
      (call) => call.stage === 'calling',
      (call) => {
        this.microsip.calls.alert(call);
      },
    );
  }

  /** The far end takes our call. */
  answer(sipCallId?: string): void {
    this.onCall(sipCallId, isOutboundUnanswered, (call) => {
      const { calls, control, singleMode } = this.microsip;
      if (!singleMode) control.holdOthers(call);
      calls.confirm(call);
    });
  }

  busy(sipCallId?: string): void {
    this.refuse(ENDINGS.busyThere, sipCallId);
  }

  reject(sipCallId?: string): void {
    this.refuse(ENDINGS.rejectedThere, sipCallId);
  }

  noAnswer(sipCallId?: string): void {
    this.refuse(ENDINGS.noAnswerThere, sipCallId);
  }

  /** Hangs up; or gives up while we ring, perhaps since the call was taken `elsewhere`. */
  hangup(sipCallId?: string, elsewhere = false): void {
    const unanswered = elsewhere ? ENDINGS.takenElsewhere : ENDINGS.cancelledByThem;
    this.onCall(
      sipCallId,
      (call) => call.stage === 'confirmed' || isRingingIn(call),
      (call) => {
        this.microsip.calls.end(call, call.stage === 'confirmed' ? ENDINGS.byeByThem : unanswered);
      },
    );
  }

  hold(sipCallId?: string): void {
    this.setHold(true, sipCallId);
  }

  resume(sipCallId?: string): void {
    this.setHold(false, sipCallId);
  }

  private setHold(held: boolean, sipCallId?: string): void {
    this.onCall(
      sipCallId,
      (call) => call.stage === 'confirmed' && call.remoteHold !== held,
      (call) => {
        this.microsip.calls.setHold(call, 'remoteHold', held);
      },
    );
  }

  private refuse(ending: Ending, sipCallId?: string): void {
    this.onCall(sipCallId, isOutboundUnanswered, (call) => {
      this.microsip.calls.end(call, ending);
    });
  }

  private onCall(sipCallId: string | undefined, fits: Fits, act: (call: SimulatedCall) => void): void {
    const { calls, journal, ui } = this.microsip;
    const call = calls.newest(fits, sipCallId);
    // What waits already may make a call fit that does not yet.
    if (!call && !(ui.isStalled && ui.isWaiting)) throw new PhoneError('no_call', 'nothing_fits');
    ui.run(() => {
      const now = calls.newest(fits, sipCallId);
      if (now) act(now);
      else journal.add('nothing_fits', sipCallId);
    });
  }
}

function isOutboundUnanswered(call: SimulatedCall): boolean {
  return call.direction === 'outbound' && call.stage !== 'confirmed';
}

function hostOf(uri: string): string {
  const host = /^sips?:[^@]*@([^@;?\s]+)/i.exec(uri)?.[1];
  if (host === undefined) throw new PhoneError('config', 'value', { name: 'uri', value: uri });
  return host;
}
