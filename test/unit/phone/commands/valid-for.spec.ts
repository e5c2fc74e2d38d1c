import assert from 'node:assert/strict';
import { LocalPhone } from '../../../../src/phone/local-phone';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import type { LinkAction } from '../../../../src/phone/ports/link';
import type { Observer, ObserverHost } from '../../../../src/phone/ports/observer';
import type { Observation } from '../../../../src/phone/ports/observation';
import { FakeClock } from '../../../support/fake-clock';
import { countingIds } from '../../../support/new-tracker';

const TIMEOUT = 30_000;
const MESSAGE = { type: 'message', number: '1001', text: 'a' } as const;
const WAITED = { code: 'expired_command', reason: 'waited' };

describe('a command that is valid for some time', () => {
  let clock: FakeClock;
  let phone: LocalPhone;
  let sent: { text: string; within: number }[];
  let report: (seen: Observation) => void;
  /** ms that the looking up of an account takes */
  let lookUp: number;
  /** ms that MicroSIP hangs in each delivery */
  let hang: number;

  beforeEach(async () => {
    clock = new FakeClock();
    sent = [];
    lookUp = hang = 0;
    const window: Observer = {
      start(host: ObserverHost) {
        report = host.report;
        report({ type: 'presence', time: clock.now(), source: 'window', presence: 'ready' });
        return Promise.resolve();
      },
      refresh: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    };
    const pause = (ms: number) =>
      ms > 0 ? new Promise<void>((resolve) => clock.after(ms, resolve)) : Promise.resolve();
    const link = {
      refuse: () => pause(lookUp),
      async deliver(action: LinkAction, within: number) {
        await pause(Math.min(hang, within));
        if (hang > within) throw new PhoneError('timeout', 'default', { timeout: within });
        const text = action.do === 'dtmf' ? action.digits : action.do;
        sent.push({ text, within });
      },
    };
    phone = new LocalPhone(
      { source: 'window', presence: 'window', observers: [window], link },
      {
        timeout: TIMEOUT,
        rules: { allow: [], deny: [] },
        clock,
        nextCallId: countingIds(),
        sameNumber: (one, other) => one === other,
        e164: () => undefined,
      },
    );
    await phone.open();
  });
  afterEach(() => phone.close());

  const texts = () => sent.map(({ text }) => text);

  it('is carried out in it, and has no longer for that', async () => {
    lookUp = 4000;
    await clock.through(phone.execute(MESSAGE, { validFor: 5000 }));
    assert.deepEqual(sent, [{ text: 'message', within: 1000 }]);
  });

  it('is not sent when it had to wait for longer', async () => {
    lookUp = 5000;
    await clock.through(assert.rejects(phone.execute(MESSAGE, { validFor: 5000 }), WAITED));
    assert.deepEqual(sent, []);
  });

  it('is not sent when the commands before took longer', async () => {
    hang = 6000;
    const first = phone.execute(MESSAGE);
    const late = assert.rejects(phone.execute(MESSAGE, { validFor: 5000 }), WAITED);
    const last = phone.execute(MESSAGE, { validFor: 20_000 });
    await clock.through(Promise.all([first, late, last]));
    assert.deepEqual(texts(), ['message', 'message']);
  });

  it('is given up by a MicroSIP that hangs for longer', async () => {
    hang = 10_000;
    await clock.through(assert.rejects(phone.execute(MESSAGE, { validFor: 5000 }), { code: 'timeout' }), 5500);
    assert.deepEqual(sent, []);
  });

  it('is not refused for how long its own pauses are, but for those of the digits before it', async () => {
    report({
      ...{ type: 'call', time: clock.now(), source: 'window', key: '1' },
      ...{ state: 'connected', direction: 'outbound', facts: { number: '1001' } },
    });
    const first = phone.execute({ type: 'dtmf', digits: '1,,,,,,,,2' }, { validFor: 1000 });
    const late = assert.rejects(phone.execute({ type: 'dtmf', digits: '3' }, { validFor: 5000 }), WAITED);
    const paused = phone.execute({ type: 'dtmf', digits: ',,,4' }, { validFor: 10_000 });
    await clock.through(Promise.all([first, late, paused]));
    assert.deepEqual(texts(), ['1', '2', '4']);
  });
});
