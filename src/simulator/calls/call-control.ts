import { dialledNumber } from '../commands/dialled-number';
import type { Parts } from '../parts';
import { ENDINGS, heldBy, isRingingIn, type Ending, type SimulatedCall } from './simulated-call';

/** ms in which a digit is played */
const DIGIT_TIME = 210;
const DIGITS_TAKEN = 32;
const IN_BAND_DIGITS = 16;

/** What MicroSIP itself does to calls, by a command or by its user's hand. What it drops is in the journal only. */
export class CallControl {
  /**
   * The dialer shows digits and its Send button; commands without `?` are ignored meanwhile
   * (docs/microsip/interface.md#2.7).
   */
  private sendShown: string | undefined;

  constructor(private readonly parts: Parts) {}

  /** Single-call mode ends the other calls first, multi-call mode holds them (docs/microsip/interface.md#2.7). */
  answer(call: SimulatedCall): void {
    const { calls, journal, singleMode, ui } = this.parts;
    if (!calls.isRinging(call)) return;
    if (singleMode) for (const other of calls.unringing) this.hangUp(other);
    else this.holdOthers(call);
    ui.proceed(() => {
      journal.add('answered', call.number, call.sipCallId);
      calls.confirm(call);
    });
  }

  /**
   * BYE for a call that is up, CANCEL for one of ours that is not answered, 603 for one that rings
   * (docs/microsip/interface.md#8).
   */
  hangUp(call: SimulatedCall): void {
    if (call.stage === 'confirmed') this.end(call, ENDINGS.byeByUs);
    else this.end(call, call.direction === 'outbound' ? ENDINGS.cancelledByUs : ENDINGS.endedByUs);
  }

  /** Before MicroSIP exits or its SIP stack goes down, its calls end the normal way (docs/microsip/3.22.16.md#8). */
  hangUpEverything(): void {
    for (const call of this.parts.calls.all) this.hangUp(call);
  }

  /**
   * The ringing window's Decline button answers with 486, `/hangupincoming` with 603 (docs/microsip/interface.md#7.3
   * and #2.3).
   */
  reject(call: SimulatedCall, ending: Ending): void {
    if (this.parts.calls.isRinging(call)) this.end(call, ending);
  }

  toggleHold(call: SimulatedCall | undefined): void {
    if (call?.stage !== 'confirmed') {
      this.parts.journal.add('dropped', 'hold');
      return;
    }
    if (call.localHold) this.holdOthers(call);
    this.setHold(call, !call.localHold);
  }

  /**
   * A call that comes to the front puts those on hold that are not in its conference; none where all come into one by
   * themselves (docs/microsip/further.md#A.4).
   */
  holdOthers(than: SimulatedCall): void {
    if (this.parts.switches.isOn('autoConference')) return;
    for (const call of this.parts.calls.all) {
      if (than.inConference && call.inConference) continue;
      if (call !== than && call.stage === 'confirmed' && !call.localHold) this.setHold(call, true);
    }
  }

  /** The far end takes it over at once, and MicroSIP then hangs up (docs/microsip/interface.md#2.7). */
  transfer(call: SimulatedCall | undefined, target: string): void {
    const { calls, dialling, domain, journal, ui } = this.parts;
    const { user, host = domain } = dialledNumber(target, dialling) ?? {};
    if (!call || call.inConference || !isUnderWay(call) || user === undefined || user === call.number) {
      journal.add('dropped', `transfer ${target}`);
      return;
    }
    journal.add('transferred', host === domain ? user : `${user}@${host}`, call.sipCallId);
    calls.transfer(call, user, host === domain ? undefined : host);
    ui.post(() => {
      this.hangUp(call);
    });
  }

  /** End of the messages window, which ends a whole conference; or the command of its menu that ends one call alone. */
  endSelected(alone: boolean): void {
    const { calls } = this.parts;
    const { selected } = calls;
    if (!selected) return;
    const members = selected.inConference && !alone ? calls.all.filter(({ inConference }) => inConference) : [selected];
    for (const call of members) this.hangUp(call);
  }

  /** `/dtmf:` with its trailing `?`, which only shows the digits (docs/microsip/interface.md#2.7). */
  dtmfCommand(text: string): void {
    const { calls, journal } = this.parts;
    if (text.length > 1 && text.endsWith('?')) {
      this.sendShown = text.slice(0, -1);
      journal.add('dtmf_shown', this.sendShown);
    } else if (this.sendShown !== undefined) {
      journal.add('dropped', `dtmf ${text}`);
    } else {
      this.sendDtmf(calls.selected, text);
    }
  }

  /** The person presses the dialer's Send button. */
  pressSend(): void {
    const digits = this.sendShown;
    this.sendShown = undefined;
    if (digits !== undefined) this.sendDtmf(this.parts.calls.selected, digits);
  }

  /**
   * 3.22.16 does nothing at all when the call has no active media. Its queue takes fewer than 32 digits, those that
   * wait included; else the whole send fails, and only the first 16 are played as tones
   * (docs/microsip/corrections.md#7).
   */
  sendDtmf(call: SimulatedCall | undefined, digits: string): void {
    const { calls, journal } = this.parts;
    const active = call !== undefined && calls.has(call) && call.stage === 'confirmed' && heldBy(call) === undefined;
    if (!active || !/^[0-9A-Da-d*#]+$/.test(digits)) {
      journal.add('dropped', `dtmf ${digits}`);
      return;
    }
    const now = this.parts.clock.monotonic();
    const free = Math.max(now, call.digitsUntil ?? now);
    const waiting = Math.ceil((free - now) / DIGIT_TIME);
    const fits = waiting + digits.length < DIGITS_TAKEN;
    if (fits) call.digitsUntil = free + digits.length * DIGIT_TIME;
    journal.add('dtmf', fits ? digits : digits.slice(0, IN_BAND_DIGITS), call.sipCallId);
    if (!fits && digits.length > IN_BAND_DIGITS) journal.add('dropped', `dtmf ${digits.slice(IN_BAND_DIGITS)}`);
  }

  get isSendShown(): boolean {
    return this.sendShown !== undefined;
  }

  forget(): void {
    this.sendShown = undefined;
  }

  setHold(call: SimulatedCall, held: boolean): void {
    this.parts.journal.add(held ? 'held' : 'resumed', call.number, call.sipCallId);
    this.parts.calls.setHold(call, 'localHold', held);
  }

  private end(call: SimulatedCall, ending: Ending): void {
    const { calls, journal, ui } = this.parts;
    // Another call that is hung up before this one may have a program to wait for.
    ui.proceed(() => {
      if (!calls.has(call)) return;
      journal.add('hungup', String(ending.sipStatus), call.sipCallId);
      calls.end(call, ending);
    });
  }
}

function isUnderWay(call: SimulatedCall): boolean {
  return call.stage !== 'calling' && !isRingingIn(call);
}
