import { randomUUID } from 'node:crypto';
import { PhoneError } from '../../phone/errors/phone-error';
import { shownValue } from '../../phone/errors/shown-value';
import { decoded } from '../../phone/numbers/user-part';
import type { CallControl } from './call-control';
import { givenText } from './given-text';
import { receiveCall } from './incoming-call';
import type { Parts } from '../parts';
import type { IncomingCall, PlayedFarEnd, PlayedNetwork } from '../played-microsip';
import { ENDINGS, isRingingIn, type Ending, type SimulatedCall } from './simulated-call';

/** Answers after which PJSIP would try again by itself. */
const TRIED_AGAIN = [401, 407, 422];

type Fits = (call: SimulatedCall) => boolean;

/**
 * Plays the people and servers on the other side. Every method takes the SIP Call-ID of a call, or means the newest call
 * that fits. While MicroSIP hangs, what they do waits and happens when it recovers.
 * @throws PhoneError `no_call` when no call fits, or when nobody can call this MicroSIP
 */
export class FarEnd implements PlayedFarEnd {
  constructor(
    private readonly parts: Parts,
    private readonly control: CallControl,
  ) {}

  incoming({ uri, video = false, ...caller }: IncomingCall): string {
    const { parts } = this;
    const name = caller.name === undefined ? undefined : givenText('name', caller.name);
    const { state } = parts.registration;
    const address: Address = uri === undefined ? { host: parts.domain, parameters: '' } : takenApart(uri);
    const { user, host, parameters } = address;
    const number = givenText('number', (caller as Partial<IncomingCall>).number ?? user);
    if (!parts.isReady || state === 'unregistered' || state === 'failed')
      throw new PhoneError('no_call', 'not_callable');
    const sipCallId = randomUUID();
    parts.ui.run(() => {
      receiveCall(parts, this.control, {
        sipCallId,
        direction: 'inbound',
        number,
        ...(name !== undefined && name !== '' && name !== number && { name }),
        host,
        ...(parameters !== '' && { parameters }),
        account: parts.account,
        stage: 'early',
        localHold: false,
        remoteHold: false,
        ...(video && { video }),
        dtmfTail: '',
      });
    });
    return sipCallId;
  }

  ring(sipCallId?: string, status: 180 | 183 = 180): void {
    this.onCall(
      sipCallId,
      (call) => call.stage === 'calling',
      (call) => {
        this.parts.calls.alert(call, status);
      },
    );
  }

  answer(sipCallId?: string): void {
    this.onCall(sipCallId, isOutboundUnanswered, (call) => {
      const { calls, singleMode } = this.parts;
      if (!singleMode) this.control.holdOthers(call);
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

  fail(sipStatus: number, sipReason: string, sipCallId?: string): void {
    if (!(sipStatus >= 400 && sipStatus < 700) || TRIED_AGAIN.includes(sipStatus)) {
      throw new PhoneError('config', 'value', { name: 'sipStatus', value: String(sipStatus) });
    }
    this.refuse({ endedBy: 'remote', sipStatus, sipReason }, sipCallId);
  }

  hangup(sipCallId?: string, elsewhere = false, cancelReason?: string): void {
    const cancelled = { ...ENDINGS.cancelledByThem, ...(cancelReason !== undefined && { cancelReason }) };
    const unanswered = elsewhere ? ENDINGS.takenElsewhere : cancelled;
    this.onCall(
      sipCallId,
      (call) => call.stage === 'confirmed' || isRingingIn(call),
      (call) => {
        this.parts.calls.end(call, call.stage === 'confirmed' ? ENDINGS.byeByThem : unanswered);
      },
    );
  }

  hold(sipCallId?: string): void {
    this.setHold(true, sipCallId);
  }

  resume(sipCallId?: string): void {
    this.setHold(false, sipCallId);
  }

  network(network: Partial<PlayedNetwork>): void {
    this.parts.streams.play(network);
  }

  private setHold(held: boolean, sipCallId?: string): void {
    this.onCall(
      sipCallId,
      (call) => call.stage === 'confirmed' && call.remoteHold !== held,
      (call) => {
        this.parts.calls.setHold(call, 'remoteHold', held);
      },
    );
  }

  private refuse(ending: Ending, sipCallId?: string): void {
    this.onCall(sipCallId, isOutboundUnanswered, (call) => {
      this.parts.calls.end(call, ending);
    });
  }

  private onCall(sipCallId: string | undefined, fits: Fits, act: (call: SimulatedCall) => void): void {
    const { calls, journal, ui } = this.parts;
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

interface Address {
  user?: string;
  host: string;
  parameters: string;
}

function takenApart(uri: string): Address {
  const parts = /^sips?:([^@]*)@([^@;?\s]+)((?:;[\w\-.!~*'()[\]/:&+$%=]+)*)/i.exec(uri);
  const [, user, host, parameters = ''] = parts ?? [];
  if (user === undefined || host === undefined)
    throw new PhoneError('config', 'value', { name: 'uri', value: shownValue(uri) });
  return { user: decoded(user), host, parameters };
}
