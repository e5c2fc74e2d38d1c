import { randomUUID } from 'node:crypto';
import { splitDialText } from './command-parser';
import { addressOf, dialledNumber } from './dialled-number';
import type { CallControl } from '../calls/call-control';
import { BOX_TITLE } from '../boxes';
import { MOST_CALLS } from '../calls/incoming-checks';
import type { SimulatedCall } from '../calls/simulated-call';
import type { Parts } from '../parts';

/** From a text to an outgoing call (docs/microsip/interface.md#2.6). Much of it ends in silence. */
export class Dialler {
  /** One slot without expiry: a text that waits for the registration. */
  private delayed = '';

  constructor(
    private readonly parts: Parts,
    private readonly control: CallControl,
  ) {}

  /** A command's text waits while the account is not registered; an empty one clears what waits. */
  dial(text: string): void {
    const { journal, registration, window } = this.parts;
    window.show();
    if (registration.state === 'registered' || registration.state === 'none') {
      this.dialNow(text);
      return;
    }
    this.delayed = text;
    if (text !== '') journal.add('delayed', text);
  }

  /** What the dialer's Call button does: it does not ask for the registration. */
  dialNow(text: string): void {
    const parts = splitDialText(text);
    if (!parts) return;
    if (parts.message === '') this.call(parts.number);
    else this.message(parts.number, parts.message);
  }

  /** The registration is there. */
  release(): void {
    const text = this.delayed;
    this.delayed = '';
    this.dialNow(text);
  }

  forget(): void {
    this.delayed = '';
  }

  private message(number: string, message: string): void {
    const { domain, journal } = this.parts;
    journal.add(addressOf(number, domain) ? 'message' : 'dropped', `${number}: ${message}`);
  }

  private call(text: string): void {
    const { account, boxes, calls, dialling, domain, journal, singleMode } = this.parts;
    if (singleMode && calls.unringing.length > 0) {
      journal.add('dropped', `dial ${text}`);
      return;
    }
    const number = dialledNumber(text, dialling);
    if (!number) {
      journal.add('box', `Invalid Number: ${text}`);
      boxes.show(BOX_TITLE);
      return;
    }
    const { user, host, dtmfTail } = number;
    if (!singleMode && calls.all.some((call) => call.number === user && call.host === host)) {
      journal.add('dropped', `dial ${text}`);
      return;
    }
    if (calls.all.length >= MOST_CALLS) {
      journal.add('box', `Too many calls: ${text}`);
      boxes.show(BOX_TITLE);
      return;
    }
    const sipCallId = randomUUID();
    journal.add('dialled', host === domain ? user : `${user}@${host}`, sipCallId);
    const call: SimulatedCall = {
      sipCallId,
      direction: 'outbound',
      number: user,
      dialled: text.replace(/,.*$/s, ''),
      host,
      account,
      stage: 'calling',
      localHold: false,
      remoteHold: false,
      dtmfTail,
    };
    if (!singleMode) this.control.holdOthers(call);
    calls.add(call);
  }
}
