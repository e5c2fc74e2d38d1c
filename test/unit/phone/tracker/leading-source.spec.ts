import assert from 'node:assert/strict';
import type { CallObservation, Observation, OwnAct } from '../../../../src/phone/observation';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import { newTracker } from '../../../support/new-tracker';
import type { Watcher } from './many-sources';

type Input = Observation | OwnAct;

const call = (
  time: number,
  source: Watcher,
  state: CallObservation['state'],
  more: Partial<CallObservation> = {},
): Input => ({
  ...{ type: 'call', time, source, key: `${source}1`, direction: 'inbound', state, facts: { number: '1001' } },
  ...more,
});
const over = (time: number, source: Watcher, ending = {}): Input => ({
  ...{ type: 'call_ended', time, source, key: `${source}1`, ending },
});
const registered = (time: number, source: Watcher, state: 'registered' | 'unregistered', more = {}): Input => ({
  ...{ type: 'registration', time, source, registration: { state, ...more } },
});
const passed = (time: number): Input => ({ type: 'time_passed', time });
const ready: Input = { type: 'presence', time: 0, source: 'window', presence: 'ready' };
const awake = registered(0, 'log', 'registered', { sipStatus: 200 });

const told = (events: PhoneEvent[]): string[] =>
  events.map(({ event, source, confidence }) => `${event} ${source}${confidence === 'exact' ? '' : '?'}`);

describe('the source that leads a call', () => {
  let feed: (...inputs: Input[]) => PhoneEvent[];
  let tracker: ReturnType<typeof newTracker>;

  beforeEach(() => {
    tracker = newTracker();
    feed = (...inputs) => inputs.flatMap((input) => tracker.observe(input));
    feed(ready);
  });

  it('is the log when it is awake, although the windows show the call first', () => {
    feed(awake);
    assert.deepEqual(told(feed(call(10, 'window', 'ringing'))), []);
    assert.deepEqual(told(feed(call(30, 'log', 'ringing'))), ['incoming log']);
    assert.deepEqual(told(feed(call(40, 'window', 'connected'), call(50, 'log', 'connected'))), ['answered log']);
  });

  it('is the window after half a second when the log is silent, and at once from then on', () => {
    feed(awake, call(10, 'window', 'ringing'));
    assert.equal(tracker.deadline, 510);
    assert.deepEqual(told(feed(passed(509))), []);
    assert.deepEqual(told(feed(passed(510), over(600, 'window'))), ['incoming window', 'ended window']);
    assert.deepEqual(told(feed(call(900, 'window', 'ringing', { key: 'w2' }))), ['incoming window']);
  });

  it('is the best one that knows the call when all have had their first look, and then nobody is waited for', () => {
    tracker = newTracker();
    feed(awake, call(1, 'log', 'connected'), call(2, 'window', 'connected'), { ...ready, time: 3 });
    assert.deepEqual(told(feed({ type: 'looked_around', time: 4 })), ['incoming log?', 'answered log']);
    tracker = newTracker();
    feed(awake, ready, call(2, 'window', 'connected'));
    assert.deepEqual(told(feed({ type: 'looked_around', time: 4 })), ['incoming window?', 'answered window']);
    assert.equal(tracker.deadline, undefined);
  });

  it('takes no hook for a call of its own that tells late of what it saw in time', () => {
    feed(awake, call(10, 'log', 'ringing'), over(300, 'log'));
    const late = call(200, 'hooks', 'ringing');
    assert.deepEqual(told(tracker.observe(late, 6300)), []);
    assert.deepEqual(told(tracker.observe(over(320, 'hooks'), 6400)), []);
    assert.deepEqual(told(feed(passed(9000))), []);
  });

  it('takes no hook for a call of its own that reads another number out of the name of the caller', () => {
    feed(awake, call(10, 'log', 'ringing', { facts: { number: '1012' } }));
    tracker.observe(call(200, 'hooks', 'ringing', { facts: { number: 'c> %PATH%' } }), 250);
    assert.deepEqual(told(feed(over(300, 'log'), passed(2000))), ['ended log']);
    assert.deepEqual(told(feed(over(310, 'hooks'), passed(9000))), []);
  });

  it('changes to a better one that joins later, and tells nothing twice', () => {
    const events = feed(
      call(10, 'window', 'ringing'),
      call(20, 'log', 'ringing', { facts: { number: '1001', sipCallId: 'a@b', name: 'Ada' } }),
      call(30, 'log', 'connected'),
      call(40, 'window', 'connected'),
      over(50, 'log', { sipStatus: 200, endedBy: 'remote' }),
      over(60, 'window'),
      passed(10_000),
    );
    assert.deepEqual(told(events), ['incoming window', 'answered log', 'ended log']);
    const { sipCallId, name, endedBy, disposition } = events.at(-1)?.call ?? {};
    assert.deepEqual([sipCallId, name, endedBy, disposition], ['a@b', 'Ada', 'remote', 'answered']);
  });

  it('is corrected by a worse one after two seconds of silence', () => {
    feed(awake, call(10, 'log', 'ringing'), call(12, 'window', 'ringing'));
    assert.deepEqual(told(feed(call(100, 'window', 'connected'), passed(2099))), []);
    assert.deepEqual(told(feed(passed(2100))), ['answered window?']);
    assert.deepEqual(told(feed(over(3000, 'window'), passed(4999))), ['ended window']);
  });

  it('ends a call that it is silent about when a worse one saw the end', () => {
    feed(awake, call(10, 'log', 'ringing'), call(12, 'window', 'ringing'), over(100, 'window'));
    assert.equal(tracker.deadline, 2100);
    assert.deepEqual(told(feed(passed(2100))), ['ended window?']);
    assert.deepEqual(told(feed(over(2200, 'log', { sipStatus: 487 }))), []);
  });

  it('goes on when a worse one lost the call', () => {
    feed(awake, call(10, 'log', 'connected'), call(12, 'window', 'connected'), over(100, 'window'));
    assert.deepEqual(told(feed(call(900, 'log', 'held', { heldBy: 'remote' }), passed(5000))), ['held log']);
  });

  it('leaves holding to the windows when it is the hooks, which do not see it', () => {
    const events = feed(
      call(10, 'hooks', 'ringing'),
      call(15, 'window', 'ringing'),
      call(20, 'hooks', 'connected'),
      call(30, 'window', 'connected'),
      call(40, 'window', 'held', { heldBy: 'local' }),
      call(50, 'hooks', 'connected'),
      call(60, 'window', 'connected'),
    );
    assert.deepEqual(told(events), ['incoming hooks', 'answered hooks', 'held window', 'resumed window']);
  });

  it('takes what two sources call by different numbers for one call, but not two calls for one', () => {
    feed(awake);
    const outside = { facts: { number: '+4930999' } };
    const events = feed(call(10, 'window', 'ringing'), call(20, 'log', 'ringing', outside), passed(600));
    assert.deepEqual(told(events), ['incoming log']);
    assert.equal(tracker.keyOf(events[0]?.call?.callId ?? '', 'window'), 'window1');
    const two = feed(
      call(700, 'log', 'ringing', { key: 'l2', facts: { number: '1002' } }),
      call(710, 'window', 'ringing', { key: 'w2', facts: { number: '1003' } }),
      call(720, 'log', 'ringing', { key: 'l3', facts: { number: '1003' } }),
      call(730, 'window', 'ringing', { key: 'w3', facts: { number: '1002' } }),
      passed(5000),
    );
    assert.deepEqual(told(two), ['incoming log', 'incoming log']);
    assert.deepEqual(
      two.map(({ call }) => tracker.keyOf(call?.callId ?? '', 'window')),
      ['w3', 'w2'],
    );
  });

  it('keeps a call that was seen before MicroSIP was until it is there, and drops it when it is not', () => {
    feed({ type: 'presence', time: 1, source: 'window', presence: 'absent', problem: 'not_running' });
    assert.deepEqual(told(feed(call(10, 'log', 'ringing'))), []);
    assert.deepEqual(told(feed({ ...ready, time: 20 })), ['phone_online window']);
    assert.deepEqual(told(feed(passed(600))), ['incoming log']);
    feed({ type: 'presence', time: 700, source: 'window', presence: 'absent', problem: 'not_running' });
    assert.deepEqual(told(feed(call(710, 'log', 'ringing', { key: 'late' }))), []);
    feed({ type: 'presence', time: 720, source: 'window', presence: 'absent', problem: 'not_running' });
    assert.deepEqual(told(feed({ ...ready, time: 730 }, passed(9000))), ['phone_online window']);
  });

  it('knows calls also where the windows are out of reach, as for a service', () => {
    const events = feed(
      { type: 'presence', time: 1, source: 'window', presence: 'absent', problem: 'other_session' },
      { type: 'presence', time: 2, source: 'log', presence: 'ready' },
      call(10, 'log', 'ringing'),
    );
    assert.deepEqual(told(events), ['phone_offline window', 'phone_online log', 'incoming log']);
    assert.deepEqual([tracker.presence, tracker.problem, tracker.state], ['absent', 'other_session', 'ringing']);
  });
});

describe('the source that leads the registration', () => {
  it('is the log, whose status stays when the windows say the same', () => {
    const tracker = newTracker();
    const feed = (...inputs: Input[]): PhoneEvent[] => inputs.flatMap((input) => tracker.observe(input));
    feed(ready, awake);
    assert.deepEqual(told(feed(registered(10, 'window', 'registered', { text: 'Online' }))), []);
    assert.deepEqual(tracker.registration, { state: 'registered', sipStatus: 200, text: 'Online' });
  });

  it('is contradicted by the windows only after three seconds', () => {
    const tracker = newTracker();
    const feed = (...inputs: Input[]): PhoneEvent[] => inputs.flatMap((input) => tracker.observe(input));
    feed(ready, awake);
    assert.deepEqual(told(feed(registered(10, 'window', 'unregistered'), passed(3009))), []);
    assert.deepEqual(told(feed(passed(3010))), ['registration window?']);
    assert.equal(tracker.registration?.state, 'unregistered');
    assert.deepEqual(told(feed(registered(4000, 'log', 'registered'))), ['registration log']);
  });
});
