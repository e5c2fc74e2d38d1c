import { randomUUID } from 'node:crypto';
import type { ParsedText } from './command-parser';
import type { SimulatedMicrosip } from './simulated-microsip';
import { ENDINGS, heldBy, type SimulatedCall } from './simulated-call';

/** Digits in a dial string begin this long (ms) after the answer, and follow each other at this distance (section 2.7). */
const DTMF_STEP = 1000;
const DTMF_DIGIT = 200;

/** What the simulated MicroSIP does with a command; what the real one drops in silence, this one drops too. */
export class CommandHandler {
  /** One slot without expiry: a dial that waits for the registration (interface document, section 2.6). */
  private delayedDial: string | undefined;

  constructor(private readonly microsip: SimulatedMicrosip) {
    microsip.calls.on('changed', (call) => {
      this.startDtmfTail(call);
    });
  }

  run(command: ParsedText): void {
    const { calls, journal } = this.microsip;
    switch (command.kind) {
      case 'nothing':
        return;
      case 'answer': {
        const [lowest] = calls.ringing;
        if (lowest) this.answer(lowest);
        else journal.add('dropped', 'answer');
        return;
      }
      case 'hangupall':
        for (const call of calls.unringing) calls.hangUp(call);
        return;
      case 'hangupincoming':
        for (const call of calls.ringing) calls.end(call, ENDINGS.rejectedByUs);
        return;
      case 'hangupcalling':
        for (const call of calls.unringing) if (call.stage !== 'confirmed') calls.hangUp(call);
        return;
      case 'hold':
        this.toggleHold();
        return;
      case 'dtmf':
        this.sendDtmf(calls.selected, command.digits);
        return;
      case 'transfer':
        this.transfer(command.target);
        return;
      case 'dial':
        this.dial(command.number);
        return;
      case 'message':
        journal.add('message', `${command.number}: ${command.text}`);
        return;
      case 'account':
        journal.add('account', String(command.account));
        this.run(command.rest);
        return;
      case 'account_password':
        journal.add('account_password', String(command.account));
        return;
      case 'memory_password':
        journal.add('memory_password');
        return;
      case 'audio':
        journal.add('audio', `${command.device} ${command.action}`);
        return;
      case 'minimize':
        journal.add('minimize');
        return;
    }
  }

  /** Single-call mode ends the other calls first, multi-call mode holds them (section 2.7). */
  answer(call: SimulatedCall): void {
    const { calls, journal, singleMode } = this.microsip;
    if (singleMode) for (const other of calls.unringing) calls.hangUp(other);
    else calls.holdOthers(call);
    journal.add('answered', call.number);
    calls.confirm(call);
  }

  toggleHold(): void {
    const { calls, journal } = this.microsip;
    const call = calls.selected;
    if (call?.stage !== 'confirmed') {
      journal.add('dropped', 'hold');
      return;
    }
    if (call.localHold) calls.holdOthers(call);
    calls.setHold(call, 'localHold', !call.localHold);
  }

  /** A person's dial is not delayed; a command's is, while the account is not registered. */
  dial(text: string, byHand = false): void {
    const { calls, journal, singleMode, registration } = this.microsip;
    if (!byHand && registration.state !== 'registered' && registration.state !== 'none') {
      this.delayedDial = text;
      journal.add('delayed', text);
      return;
    }
    if (singleMode && calls.unringing.length > 0) {
      journal.add('dropped', `dial ${text}`);
      return;
    }
    const comma = text.indexOf(',');
    const target = comma < 0 ? text : text.slice(0, comma);
    const [user = '', host] = target.split('@');
    if (!singleMode) for (const other of calls.all) calls.setHold(other, 'localHold', other.stage === 'confirmed');
    journal.add('dialled', target);
    calls.add({
      sipCallId: randomUUID(),
      direction: 'outbound',
      number: /^\+|^[0-9*#.\-()/ ]{4,}$/.test(user) ? user.replace(/[.\-()/ ]/g, '') : user,
      host: host ?? this.microsip.domain,
      account: this.microsip.account,
      stage: 'calling',
      localHold: false,
      remoteHold: false,
      dtmfTail: comma < 0 ? '' : text.slice(comma + 1),
    });
  }

  releaseDelayedDial(): void {
    const text = this.delayedDial;
    this.delayedDial = undefined;
    if (text !== undefined) this.dial(text);
  }

  forget(): void {
    this.delayedDial = undefined;
  }

  private transfer(target: string): void {
    const { calls, journal } = this.microsip;
    const call = calls.selected;
    if (call?.stage !== 'confirmed') {
      journal.add('dropped', `transfer ${target}`);
      return;
    }
    journal.add('transferred', target);
    // The far end takes the call over at once, and MicroSIP then hangs up.
    calls.hangUp(call);
  }

  /** 3.22.16 does nothing at all when the call has no active media. */
  private sendDtmf(call: SimulatedCall | undefined, digits: string): void {
    const { journal } = this.microsip;
    const active = call?.stage === 'confirmed' && heldBy(call) === undefined;
    if (active && /^[0-9A-Da-d*#]+$/.test(digits)) journal.add('dtmf', digits);
    else journal.add('dropped', `dtmf ${digits}`);
  }

  /** `1001,,123` sends 123 two seconds after the answer (section 2.7). */
  private startDtmfTail(call: SimulatedCall): void {
    if (call.stage !== 'confirmed' || call.dtmfTail === '') return;
    const parts = call.dtmfTail.split(',');
    call.dtmfTail = '';
    let wait = DTMF_STEP;
    for (const digits of parts) {
      if (digits !== '') {
        this.microsip.timers.after(wait, () => {
          if (this.microsip.calls.find(call.sipCallId)) this.sendDtmf(call, digits);
        });
      }
      wait += DTMF_STEP + DTMF_DIGIT * digits.length;
    }
  }
}
