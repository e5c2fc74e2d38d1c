import assert from 'node:assert/strict';
import { LogObserver } from '../../../../src/observers/log/log-observer';
import { newTracker, eventsOf } from '../../../support/new-tracker';
import { hostOf } from '../../../support/observer-host';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import { until } from '../../observers/history/watching';
import { Traced } from './traced';

describe('simulated MicroSIP followed by its log', () => {
  let phone: Traced;
  let observer: LogObserver;
  let events: PhoneEvent[];
  beforeEach(async () => {
    phone = await Traced.begin();
    events = [];
    const tracker = newTracker(undefined, undefined, {});
    observer = new LogObserver({ path: phone.logPath, presence: true });
    await observer.start(hostOf((observation) => events.push(...eventsOf(tracker.observe(observation)))));
  });
  afterEach(async () => {
    await observer.stop();
    await phone.end();
  });
  const told = (): string[] =>
    events.filter(({ call }) => call).map(({ event, call }) => `${event} ${call?.number ?? ''}`);

  it('calls are told while they go on, with who and why', async () => {
    phone.microsip.far.incoming({ number: '1005', name: 'Ada' });
    await until(() => told().length === 1);
    phone.microsip.user.answer();
    await until(() => told().length === 2);
    await phone.command('/transfer:1009@other.test');
    await until(() => told().length === 4);
    assert.deepEqual(told(), ['incoming 1005', 'answered 1005', 'transferred 1005', 'ended 1005']);
    const { call } = events.at(-1) ?? {};
    assert.deepEqual([call?.name, call?.endedBy, call?.transferredTo], ['Ada', 'local', '1009']);
    assert.match(phone.logBytes.toString(), /^Refer-To: sip:1009@other\.test\r$/m);
  });

  it('through a restart in a call, and a start after a crash', async () => {
    await phone.connected('1002');
    await until(() => told().length === 2);
    phone.microsip.restart();
    await until(() => events.filter(({ event }) => event === 'phone_online').length === 2);
    await phone.connected('1003');
    await until(() => told().length === 5);
    phone.microsip.crash();
    phone.microsip.restart();
    await until(() => told().length === 6);
    assert.deepEqual(told(), [
      ...['outgoing 1002', 'answered 1002', 'ended 1002'],
      ...['outgoing 1003', 'answered 1003', 'ended 1003'],
    ]);
  });
});
