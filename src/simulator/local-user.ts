import { PhoneError } from '../phone/phone-error';
import { RING_ANSWER_BUTTON, RING_DECLINE_BUTTON } from '../links/microsip-protocol';
import { parseText } from './command-parser';
import type { SimulatedMicrosip } from './simulated-microsip';

/** Plays the person who sits at MicroSIP. */
export class LocalUser {
  constructor(private readonly microsip: SimulatedMicrosip) {}

  answer(): void {
    this.clickNewestRing(RING_ANSWER_BUTTON);
  }

  decline(): void {
    this.clickNewestRing(RING_DECLINE_BUTTON);
  }

  hangup(): void {
    const { calls } = this.microsip;
    if (!calls.selected) throw new PhoneError('no_call', 'nothing_fits');
    calls.hangUp(calls.selected);
  }

  toggleHold(): void {
    this.microsip.commands.run({ kind: 'hold' });
  }

  /** Types a number and presses Call: no registration is asked for, unlike with a command. */
  dial(number: string): void {
    const parsed = parseText(number);
    if (parsed.kind === 'dial') this.microsip.commands.dial(parsed.number, true);
  }

  private clickNewestRing(button: number): void {
    const call = this.microsip.calls.ringing.at(-1);
    if (!call) throw new PhoneError('no_call', 'nothing_fits');
    this.microsip.clickRing(call.sipCallId, button);
  }
}
