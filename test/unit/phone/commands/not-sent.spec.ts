import assert from 'node:assert/strict';
import { LocalPhone } from '../../../../src/phone/local-phone';
import type { LinkAction } from '../../../../src/phone/ports/link';
import type { Observer, ObserverHost } from '../../../../src/phone/ports/observer';
import { FakeClock } from '../../../support/fake-clock';
import { countingIds } from '../../../support/new-tracker';

const TIMEOUT = 1000;
const MESSAGE = { type: 'message', number: '1001', text: 'a' } as const;

/** Sees that MicroSIP is there, and nothing else. */
const window: Observer = {
  start({ clock, report }: ObserverHost) {
    report({ type: 'presence', time: clock.now(), source: 'window', presence: 'ready' });
    return Promise.resolve();
  },
  refresh: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};

describe('a command that is not even sent, since MicroSIP could not be asked in time whether it takes it', () => {
  let clock: FakeClock;
  let phone: LocalPhone;
  let sent: string[];
  /** ms that the looking up of an account takes */
  let lookUp: number;

  beforeEach(async () => {
    clock = new FakeClock();
    sent = [];
    const link = {
      refuse: () => new Promise<void>((resolve) => clock.after(lookUp, resolve)),
      deliver(action: LinkAction) {
        sent.push(action.do);
        return Promise.resolve();
      },
    };
    phone = new LocalPhone(
      { source: 'window', presence: 'window', observers: [window], link },
      {
        timeout: TIMEOUT,
        rules: { allow: [], deny: [] },
        rate: { second: 1, minute: 1 },
        clock,
        nextCallId: countingIds(),
        sameNumber: (one, other) => one === other,
        e164: () => undefined,
      },
    );
    await phone.open();
  });
  afterEach(() => phone.close());

  const isTheOnlyOne = async (): Promise<void> => {
    assert.deepEqual(sent, []);
    lookUp = 1;
    await clock.through(phone.execute(MESSAGE));
    assert.deepEqual(sent, ['message']);
  };

  it('for the time being over does not count', async () => {
    lookUp = TIMEOUT + 1;
    await clock.through(assert.rejects(phone.execute(MESSAGE), { code: 'timeout' }));
    await isTheOnlyOne();
  });

  it('for the phone being closed does not count', async () => {
    lookUp = TIMEOUT / 2;
    const refused = assert.rejects(phone.execute(MESSAGE), { code: 'closed' });
    await clock.pass(TIMEOUT / 4);
    await phone.close();
    await clock.through(refused);
    await phone.open();
    await isTheOnlyOne();
  });
});
