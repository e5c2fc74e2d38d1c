import { randomUUID } from 'node:crypto';
import { PhoneError } from '../phone/phone-error';
import type { SimulatedMicrosip } from './simulated-microsip';
import { ENDINGS, isRingingIn, type Ending, type SimulatedCall } from './simulated-call';

export interface IncomingCall {
  number: string;
  name?: string;
  host?: string;
}

/**
 * Plays the people and servers on the other side. Every method takes the SIP Call-ID of a call, or means the newest call
 * that fits. While MicroSIP hangs, what they do is seen only when it recovers.
 */
export class FarEnd {
  constructor(private readonly microsip: SimulatedMicrosip) {}

  /**
   * Somebody calls us.
   * @returns the SIP Call-ID; also when MicroSIP refuses the call by itself, since the same caller is in a call already
   * @throws PhoneError `no_call` when MicroSIP does not run or is not registered: nobody could reach it
   */
  incoming({ number, name, host }: IncomingCall): string {
    const { microsip } = this;
    if (!microsip.isRunning || microsip.registration.state !== 'registered') {
      throw new PhoneError('no_call', 'nothing_fits');
    }
    const sipCallId = randomUUID();
    this.later(() => {
      const domain = host ?? microsip.domain;
      if (microsip.calls.all.some((call) => call.number === number && call.host === domain)) {
        microsip.journal.add('refused', number);
        return;
      }
      microsip.calls.add({
        sipCallId,
        direction: 'inbound',
        number,
        ...(name !== undefined && { name }),
        host: domain,
        account: microsip.account,
        stage: 'early',
        localHold: false,
        remoteHold: false,
        dtmfTail: '',
      });
    });
    return sipCallId;
  }

  ring(sipCallId?: string): void {
    const call = this.find(sipCallId, (one) => one.stage === 'calling');
    this.later(() => {
      this.microsip.calls.alert(call);
    });
  }

  answer(sipCallId?: string): void {
    const call = this.find(sipCallId, isOutboundUnanswered);
    this.later(() => {
      this.microsip.calls.confirm(call);
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
    const call = this.find(sipCallId, (one) => one.stage === 'confirmed' || isRingingIn(one));
    this.later(() => {
      const unanswered = elsewhere ? ENDINGS.takenElsewhere : ENDINGS.cancelledByThem;
      this.microsip.calls.end(call, call.stage === 'confirmed' ? ENDINGS.byeByThem : unanswered);
    });
  }

  hold(sipCallId?: string): void {
    this.setHold(true, sipCallId);
  }

  resume(sipCallId?: string): void {
    this.setHold(false, sipCallId);
  }

  private setHold(held: boolean, sipCallId?: string): void {
    const call = this.find(sipCallId, (one) => one.stage === 'confirmed' && one.remoteHold !== held);
    this.later(() => {
      this.microsip.calls.setHold(call, 'remoteHold', held);
    });
  }

  private refuse(ending: Ending, sipCallId?: string): void {
    const call = this.find(sipCallId, isOutboundUnanswered);
    this.later(() => {
      this.microsip.calls.end(call, ending);
    });
  }

  private find(sipCallId: string | undefined, fits: (call: SimulatedCall) => boolean): SimulatedCall {
    const { calls } = this.microsip;
    const call = calls.newest((one) => fits(one) && (sipCallId === undefined || one.sipCallId === sipCallId));
    if (!call) throw new PhoneError('no_call', 'nothing_fits');
    return call;
  }

  private later(task: () => void): void {
    if (this.microsip.isHung) this.microsip.onUiThread(task);
    else task();
  }
}

function isOutboundUnanswered(call: SimulatedCall): boolean {
  return call.direction === 'outbound' && call.stage !== 'confirmed';
}
