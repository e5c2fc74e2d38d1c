import assert from 'node:assert/strict';
import type { CallObservation, Observation, OwnAct } from '../../../../src/phone/ports/observation';
import type { CallTracker } from '../../../../src/phone/tracker/call-tracker';
import { reasonText } from '../../../../src/phone/tracker/state/conclusions';
import { newTracker } from '../../../support/new-tracker';
import type { Watcher } from './many-sources';

type Input = Observation | OwnAct;

const call = (time: number, source: Watcher, state: CallObservation['state'], number = '1001'): Input => ({
  ...{ type: 'call', time, source, key: `${source}1`, direction: 'inbound', state, facts: { number } },
});
const over = (time: number, source: Watcher, ending = {}): Input => ({
  ...{ type: 'call_ended', time, source, key: `${source}1`, ending },
});
const registered = (time: number, source: Watcher): Input => ({
  ...{ type: 'registration', time, source, registration: { state: 'registered' } },
});
const passed = (time: number): Input => ({ type: 'time_passed', time });
const ready: Input = { type: 'presence', time: 0, source: 'window', presence: 'ready' };

describe('conclusions of the call tracker', () => {
  let tracker: CallTracker;

  beforeEach(() => {
    tracker = newTracker();
    tracker.observe(ready);
  });

  /** Of the last of the inputs: what was told, and why. */
  function reasons(...inputs: Input[]): string[] {
    for (const input of inputs) tracker.observe(input);
    return tracker.conclusions.map((one) => `${one.event ?? '-'}: ${reasonText(one)}`);
  }

  it('say that something was just seen', () => {
    assert.deepEqual(reasons(call(10, 'window', 'ringing')), ['incoming: window shows it']);
    assert.deepEqual(reasons(call(20, 'window', 'connected')), ['answered: window shows it']);
    assert.deepEqual(reasons(call(30, 'window', 'connected')), []);
    assert.deepEqual(reasons(over(40, 'window')), ['ended: window shows it']);
  });

  it('say whose silence made a worse source believed, and for how long', () => {
    assert.deepEqual(reasons(registered(1, 'log'), call(10, 'window', 'ringing'), call(20, 'log', 'ringing')), [
      '-: log shows it, by its number',
    ]);
    assert.deepEqual(reasons(call(1000, 'window', 'connected')), [
      '-: window shows an answer: believed in 250 ms, unless log says otherwise',
    ]);
    assert.deepEqual(reasons(passed(1250)), ['answered: window showed it, log said nothing for 250 ms']);
    assert.deepEqual(reasons(call(1300, 'log', 'connected'), over(5000, 'window')), [
      '-: window shows the end: believed in 2000 ms, unless log says more',
    ]);
    assert.deepEqual(reasons(passed(7000)), ['ended: window showed it, log said nothing for 2000 ms']);
  });

  it('say for whom a call waits that is not told of yet', () => {
    assert.deepEqual(reasons(registered(1, 'window'), call(10, 'hooks', 'ringing')), [
      '-: hooks shows a call: told in 400 ms, unless window knows it better',
    ]);
    assert.deepEqual(reasons(passed(410)), ['incoming: hooks showed it, window said nothing for 400 ms']);
  });

  it('say what was not seen itself', () => {
    assert.deepEqual(reasons(call(10, 'window', 'held')), [
      'incoming: window shows it for the first time, in its midst',
      'answered: window shows what can only come after it',
      'held: window shows it',
    ]);
    assert.deepEqual(reasons({ type: 'presence', time: 20, source: 'window', presence: 'absent' }), [
      'ended: MicroSIP is gone',
      'phone_offline: window shows it',
    ]);
  });

  it('say where a transfer of ours made a call end', () => {
    reasons(call(10, 'window', 'ringing'), call(20, 'window', 'connected'));
    reasons({ type: 'transfer_sent', time: 1000, callId: 'id1', target: '1009' });
    assert.deepEqual(reasons(over(1400, 'window')), [
      'transferred: it ended 400 ms after we had sent it on',
      'ended: window shows it',
    ]);
  });

  it('say that a call is one that is over already', () => {
    assert.deepEqual(reasons(call(10, 'window', 'ringing'), over(900, 'window'), call(1000, 'hooks', 'ringing')), [
      '-: hooks shows a call that is over',
    ]);
  });
});
