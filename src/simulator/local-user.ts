import type { AudioDevice, Feature } from '../phone/commands/command';
import { PhoneError } from '../phone/errors/phone-error';
import { audioLevel } from '../phone/guard/values/audio-level';
import { notOffered } from '../phone/plan/feature-plan';
import { RING_ANSWER_BUTTON, RING_DECLINE_BUTTON } from '../microsip/microsip-protocol';
import type { CallControl } from './calls/call-control';
import { hasRingWindow, type SimulatedCall } from './calls/simulated-call';
import type { Conference } from './calls/conference';
import { givenText } from './calls/given-text';
import type { Dialler } from './commands/dialler';
import type { Parts } from './parts';
import type { PlayedUser } from './played-microsip';
import type { WindowMessages } from './window-messages';

/**
 * Plays the person who sits at MicroSIP. Without a SIP Call-ID it is the newest call that fits, or that of the selected
 * tab. While MicroSIP hangs, it reacts when it recovers.
 * @throws PhoneError `no_call` when no call fits, `not_running`
 */
export class LocalUser implements PlayedUser {
  constructor(
    private readonly parts: Parts,
    private readonly control: CallControl,
    private readonly conference: Conference,
    private readonly dialler: Dialler,
    private readonly messages: WindowMessages,
    private readonly clickAway: () => void,
  ) {}

  answer(sipCallId?: string): void {
    this.clickRing(RING_ANSWER_BUTTON, sipCallId);
  }

  decline(sipCallId?: string): void {
    this.clickRing(RING_DECLINE_BUTTON, sipCallId);
  }

  /**
   * Closes the ringing window: the call goes on ringing for the caller, and `/answer` still takes it
   * (docs/microsip/interface.md#7.3).
   */
  ignore(sipCallId?: string): void {
    const call = this.parts.calls.newest(hasRingWindow, sipCallId);
    if (!call) throw new PhoneError('no_call', 'nothing_fits');
    this.parts.ui.post(() => {
      call.ignored = true;
    });
  }

  /** Ends a call; with the SIP Call-ID of one that rings it is the F4 key, which answers 603. */
  hangup(sipCallId?: string): void {
    const call = this.chosen(sipCallId);
    this.parts.ui.run(() => {
      this.control.hangUp(call);
    });
  }

  toggleHold(sipCallId?: string): void {
    const call = this.chosen(sipCallId);
    this.parts.ui.run(() => {
      this.control.toggleHold(this.parts.calls.has(call) ? call : undefined);
    });
  }

  selectTab(sipCallId: string): void {
    const call = this.chosen(sipCallId);
    this.parts.ui.run(() => {
      if (this.parts.calls.has(call)) this.conference.select(call);
    });
  }

  merge(): void {
    this.chosen();
    this.parts.ui.run(() => {
      this.conference.merge();
    });
  }

  separate(): void {
    this.chosen();
    this.parts.ui.run(() => {
      this.conference.separate();
    });
  }

  /** Types a number and presses Call: no registration is asked for, unlike with a command. */
  dial(number: string): void {
    this.parts.requireRunning();
    const typed = givenText('number', number);
    this.parts.ui.run(() => {
      this.dialler.dialNow(typed);
    });
  }

  /**
   * Presses the button of a switch that does not stand so already.
   * @throws PhoneError also `unsupported` without that button
   */
  setFeature(feature: Feature, on: boolean): void {
    const { parts } = this;
    parts.requireRunning();
    if (!parts.switches.offers(feature)) throw notOffered(feature);
    if (feature === 'recording' && parts.calls.unringing.length === 0) throw new PhoneError('no_call', 'nothing_fits');
    parts.ui.run(() => {
      parts.switches.set(feature, on);
    });
  }

  /**
   * Moves the slider of a device, and ticks or clears its mute box.
   * @throws PhoneError also `config` for a level that is none
   */
  setAudio(device: AudioDevice, { muted, level }: { muted?: boolean; level?: number }): void {
    const { parts } = this;
    parts.requireRunning();
    const to = { ...(muted !== undefined && { muted }), ...(level !== undefined && { level: audioLevel(level) }) };
    parts.ui.run(() => {
      parts.audio.set(device, to);
    });
  }

  /** Clicks the message box on top away; nothing happens when there is none. */
  closeBox(): void {
    this.clickAway();
  }

  /** Sends the digits that `/dtmf:123?` has put into the dialer. */
  pressSend(): void {
    this.parts.ui.run(() => {
      this.control.pressSend();
    });
  }

  private clickRing(button: number, sipCallId?: string): void {
    const call = this.parts.calls.newest(hasRingWindow, sipCallId);
    if (!call) throw new PhoneError('no_call', 'nothing_fits');
    this.messages.clickRing(call.sipCallId, button);
  }

  private chosen(sipCallId?: string): SimulatedCall {
    const { calls } = this.parts;
    const call = sipCallId === undefined ? (calls.selected ?? calls.unringing.at(-1)) : calls.find(sipCallId);
    if (!call) throw new PhoneError('no_call', 'nothing_fits');
    return call;
  }
}
