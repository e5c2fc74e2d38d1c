import assert from 'node:assert/strict';
import { createPhone } from '../../../../../src/create-phone';
import type { PhoneError } from '../../../../../src/phone/errors/phone-error';
import type { Phone } from '../../../../../src/phone/phone';
import { SimulatedMicrosip } from '../../../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../../../support/fake-clock';

const DIGITS = '0123456789ABCD*#';

describe('more digits than MicroSIP plays at a time', () => {
  let clock: FakeClock;
  let microsip: SimulatedMicrosip;
  let phone: Phone;
  beforeEach(async () => {
    clock = new FakeClock();
    microsip = new SimulatedMicrosip({ clock });
    phone = createPhone({ connection: 'simulator' }, { simulated: microsip });
    await phone.open();
  });
  afterEach(async () => {
    await phone.close();
    microsip.dispose();
  });
  const played = (): string[] => microsip.journal.details('dtmf');
  const lost = (): string[] => microsip.journal.details('dropped');
  /** MicroSIP has queued a command that it has taken. */
  const arrived = (count: number): Promise<unknown> => clock.until(() => (played().length >= count ? true : undefined));
  async function connected(number = '1001'): Promise<string> {
    const { callId = '' } = await clock.through(phone.execute({ type: 'dial', number }));
    microsip.far.answer();
    await clock.until(() => (phone.snapshot().state === 'connected' ? true : undefined));
    return callId;
  }

  it('the double loses them as MicroSIP does', async () => {
    await connected();
    void microsip.copyData(2, `/dtmf:${'1'.repeat(32)}\0`);
    await arrived(1);
    assert.deepEqual([played(), lost()], [['1'.repeat(16)], [`dtmf ${'1'.repeat(16)}`]]);
    void microsip.copyData(2, `/dtmf:${'2'.repeat(31)}\0`);
    void microsip.copyData(2, '/dtmf:33\0');
    await arrived(3);
    assert.deepEqual(played().slice(1), ['2'.repeat(31), '33']);
  });

  it('all of them arrive', async () => {
    await connected();
    await clock.through(phone.execute({ type: 'dtmf', digits: DIGITS + DIGITS + '12' }));
    await arrived(3);
    assert.deepEqual([played(), lost()], [[DIGITS, DIGITS, '12'], []]);
  });

  it('those of several commands arrive, one after the other', async () => {
    await connected();
    const before = clock.monotonic();
    const digits = ['1234567890', '0987654321', '1111111111'];
    await clock.through(Promise.all(digits.map((piece) => phone.execute({ type: 'dtmf', digits: piece }))));
    await arrived(3);
    assert.deepEqual([played().join(''), lost()], ['123456789009876543211111111111', []]);
    assert.ok(clock.monotonic() - before >= 2 * 10 * 200, 'they were sent before those before them were played');
  });

  it('those of two phones on it do not meet in its queue', async () => {
    await connected();
    const other = createPhone({ connection: 'simulator' }, { simulated: microsip });
    await other.open();
    await clock.through(phone.execute({ type: 'dtmf', digits: DIGITS }));
    await clock.through(other.execute({ type: 'dtmf', digits: DIGITS }));
    await arrived(2);
    await other.close();
    assert.deepEqual([played(), lost()], [[DIGITS, DIGITS], []]);
  });

  it('a hang-up need not wait until they are played', async () => {
    await connected();
    const digits = assert.rejects(phone.execute({ type: 'dtmf', digits: DIGITS + DIGITS }), { code: 'no_call' });
    await arrived(1);
    await clock.through(phone.execute({ type: 'hangup', scope: 'all' }));
    assert.deepEqual(played(), [DIGITS]);
    await clock.through(digits);
  });

  it('those behind a dialled number are sent when it answers', async () => {
    await connected(`1001,${DIGITS}12,3`);
    await arrived(3);
    assert.deepEqual([played(), lost()], [[DIGITS, '12', '3'], []]);
    assert.deepEqual(microsip.journal.details('dialled'), ['1001']);
  });

  it('those of a call that ends unanswered are not sent in the next', async () => {
    await clock.through(phone.execute({ type: 'dial', number: `1001,${DIGITS}12` }));
    microsip.far.busy();
    await clock.until(() => (phone.snapshot().state === 'idle' ? true : undefined));
    await clock.pass(1000);
    await connected('1002');
    await clock.pass(1500);
    assert.deepEqual(played(), []);
  });

  it('those of a call that is on hold when they are due are told of as lost', async () => {
    const problem = new Promise<PhoneError>((resolve) => phone.once('problem', resolve));
    await connected(`1001,${DIGITS}12`);
    await clock.through(phone.execute({ type: 'hold', action: 'hold' }));
    assert.equal((await clock.through(problem)).code, 'no_call');
    assert.deepEqual(played(), []);
  });

  it('those that wait out a pause are not sent in another call', async () => {
    await connected();
    const digits = assert.rejects(phone.execute({ type: 'dtmf', digits: ',,1234' }), { code: 'no_call' });
    microsip.far.hangup();
    await clock.until(() => (phone.snapshot().state === 'idle' ? true : undefined));
    await clock.pass(1000);
    await connected('1002');
    await clock.through(digits);
    assert.deepEqual(played(), []);
  });

  it('a short tail stays with MicroSIP', async () => {
    await connected('1001,,123#');
    assert.deepEqual(
      microsip.journal.details('received').filter((text) => text.includes(',')),
      ['1001,,123#'],
    );
  });
});
