import assert from 'node:assert/strict';
import { createPhone } from '../../../src/create-phone';
import type { Phone } from '../../../src/phone/phone';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { FakeClock } from '../../support/fake-clock';

describe('the problems of a phone', () => {
  let clock: FakeClock;
  let microsip: SimulatedMicrosip;
  let phone: Phone;
  let told: string[];
  const open = async (): Promise<void> => {
    phone = createPhone({ connection: 'simulator', timeout: 300 }, { simulated: microsip });
    told = [];
    phone.on('event', (event) => {
      if (event.event === 'problem') told.push(event.problem ? `${event.problem}: ${event.problemText}` : 'over');
      if (event.event === 'phone_offline') told.push('offline');
    });
    await phone.open();
  };
  const latest = (): string | undefined => told.at(-1);
  beforeEach(() => {
    clock = new FakeClock();
    microsip = new SimulatedMicrosip({ clock });
  });
  afterEach(async () => {
    await phone.close();
    microsip.dispose();
  });

  it('tells of a box with its title, in the snapshot too, and when it is gone', async () => {
    await open();
    microsip.showBox('MicroSIP Update Available');
    await clock.pass(900);
    assert.deepEqual(told, []);
    await clock.pass(200);
    assert.deepEqual(told, ['blocked: MicroSIP Update Available']);
    const { problem, problemText } = phone.snapshot();
    assert.deepEqual([problem, problemText], ['blocked', 'MicroSIP Update Available']);
    microsip.user.closeBox();
    await clock.pass(1);
    assert.deepEqual([latest(), phone.snapshot().problem], ['over', undefined]);
  });

  it('tells of a box that was there before the phone', async () => {
    microsip.showBox();
    await open();
    await clock.pass(1100);
    assert.deepEqual(told, ['blocked: MicroSIP']);
  });

  it('commands go on while a box waits, and name it when it keeps them from working', async () => {
    await open();
    microsip.showBox('Camera');
    const { callId } = await clock.through(phone.execute({ type: 'dial', number: '1001' }));
    assert.equal(phone.snapshot().calls[0]?.callId, callId);
    await clock.through(phone.execute({ type: 'hangup', scope: 'all' }));
    microsip.setReady(false);
    await clock.pass(1);
    await assert.rejects(clock.through(phone.execute({ type: 'dial', number: '1001' })), {
      code: 'blocked',
      message: /"Camera"/,
    });
    microsip.setReady(true);
    microsip.user.closeBox();
  });

  it('the box that a command has brought up is a problem, and the command had no effect', async () => {
    microsip = new SimulatedMicrosip({ clock, dialPlan: 'none' });
    await open();
    await assert.rejects(clock.through(phone.execute({ type: 'dial', number: '1001' })), { code: 'timeout' });
    await clock.pass(1100);
    assert.deepEqual(told, ['blocked: MicroSIP']);
  });

  it('tells of a hang that lasts, and when it is over', async () => {
    await open();
    microsip.hang(1000);
    await clock.pass(1500);
    assert.deepEqual(told, []);
    microsip.hang(5000);
    await clock.pass(2000);
    assert.match(told.join(), /^timeout: ./);
    await clock.pass(4000);
    assert.equal(latest(), 'over');
  });

  it('with MicroSIP its problems are gone', async () => {
    await open();
    microsip.showBox();
    await clock.pass(1100);
    microsip.crash();
    await clock.pass(1);
    assert.deepEqual(told, ['blocked: MicroSIP', 'over', 'offline']);
    assert.equal(microsip.boxes.count, 0);
  });

  it('a build that is too old does not start, and says so', async () => {
    await open();
    microsip.expire();
    await clock.pass(5000);
    assert.deepEqual(told, []);
    microsip.crash();
    await clock.pass(1);
    await assert.rejects(clock.through(phone.execute({ type: 'app', action: 'start' })), { code: 'expired' });
    await clock.pass(1);
    assert.match(told.join(), /^offline,expired: ./);
    await assert.rejects(clock.through(phone.execute({ type: 'dial', number: '1001' })), { code: 'expired' });
    assert.equal(phone.snapshot().problem, 'expired');
    microsip.user.closeBox();
    await clock.pass(1);
    assert.deepEqual([latest(), phone.snapshot().problem], ['over', undefined]);
  });

  it('tells of a registration that is gone for a minute', async () => {
    await open();
    microsip.unregister();
    await clock.pass(59_000);
    assert.deepEqual(told, []);
    await clock.pass(2000);
    assert.match(told.join(), /^not_registered: ./);
    microsip.register();
    await clock.pass(1);
    assert.equal(latest(), 'over');
  });

  it('who waits for a box that his own command has brought up is told of the time', async () => {
    microsip = new SimulatedMicrosip({ clock, dialPlan: 'none', version: [3, 19, 27, 0] });
    await open();
    await assert.rejects(clock.through(phone.execute({ type: 'dial', number: '1001' })), { code: 'timeout' });
    assert.equal(microsip.boxes.count, 1);
  });
});
