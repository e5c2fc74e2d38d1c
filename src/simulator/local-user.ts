import { PhoneError } from '../phone/errors/phone-error';
import { RING_ANSWER_BUTTON, RING_DECLINE_BUTTON } from '../microsip/microsip-protocol';
import type { SimulatedMicrosip } from './simulated-microsip';
import { hasRingWindow, type SimulatedCall } from './calls/simulated-call';

/**
 * Plays the person who sits at MicroSIP. Without a SIP Call-ID it is the newest call that fits, or that of the selected
 * tab. While MicroSIP hangs, it reacts when it recovers.
 * @throws PhoneError `no_call` when no call fits, `not_running`
 */
export class LocalUser {
  constructor(private readonly microsip: SimulatedMicrosip) {}

  answer(sipCallId?: string): void {
    this.clickRing(RING_ANSWER_BUTTON, sipCallId);
  }

  decline(sipCallId?: string): void {
    this.clickRing(RING_DECLINE_BUTTON, sipCallId);
  }

  /** Closes the ringing window: the call goes on ringing for the caller, and `/answer` still takes it (section 7.3). */
  ignore(sipCallId?: string): void {
    const call = this.microsip.calls.newest(hasRingWindow, sipCallId);
    if (!call) throw new PhoneError('no_call', 'nothing_fits');
    this.microsip.ui.post(() => {
      call.ignored = true;
    });
  }

  /** Ends a call; with the SIP Call-ID of one that rings it is the F4 key, which answers 603. */
  hangup(sipCallId?: string): void {
    const call = this.chosen(sipCallId);
    this.microsip.ui.run(() => {
      this.microsip.control.hangUp(call);
    });
  }

  toggleHold(sipCallId?: string): void {
    const call = this.chosen(sipCallId);
    this.microsip.ui.run(() => {
      this.microsip.control.toggleHold(this.microsip.calls.has(call) ? call : undefined);
    });
  }

  /** Types a number and presses Call: no registration is asked for, unlike with a command. */
  dial(number: string): void {
    this.microsip.requireRunning();
    this.microsip.ui.run(() => {
      this.microsip.dialler.dialNow(number);
    });
  }

  /** Sends the digits that `/dtmf:123?` has put into the dialer. */
  pressSend(): void {
    this.microsip.ui.run(() => {
      this.microsip.control.pressSend();
    });
  }

  private clickRing(button: number, sipCallId?: string): void {
    const call = this.microsip.calls.newest(hasRingWindow, sipCallId);
    if (!call) throw new PhoneError('no_call', 'nothing_fits');
    this.microsip.clickRing(call.sipCallId, button);
  }

  private chosen(sipCallId?: string): SimulatedCall {
    const { calls } = this.microsip;
    const call = sipCallId === undefined ? (calls.selected ?? calls.unringing.at(-1)) : calls.find(sipCallId);
    if (!call) throw new PhoneError('no_call', 'nothing_fits');
    return call;
  }
}
