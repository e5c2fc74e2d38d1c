import assert from 'node:assert/strict';
import type { CallObservation, Observation, OwnAct } from '../../../../src/phone/ports/observation';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import { newTracker, eventsOf } from '../../../support/new-tracker';
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
    feed = (...inputs) => inputs.flatMap((input) => eventsOf(tracker.observe(input)));
    feed(ready);
  });

  it('becomes the log when it joins, but the windows tell of the call when they are first', () => {
    feed(awake);
    assert.deepEqual(told(feed(call(10, 'window', 'ringing'))), ['incoming window']);
    assert.deepEqual(told(feed(call(30, 'log', 'ringing'))), []);
    assert.deepEqual(told(feed(call(40, 'window', 'connected'), call(50, 'log', 'connected'))), ['answered log']);
  });

  it('tells of a call at once, whoever else might know it', () => {
    feed(awake, registered(1, 'hooks', 'registered'));
    assert.deepEqual(told(feed(call(10, 'window', 'ringing'))), ['incoming window']);
    assert.equal(tracker.deadline, undefined);
  });

  it('is told of with the name that the windows show right after a hook, if they show it soon', () => {
    feed(registered(0, 'window', 'registered'));
    assert.deepEqual(told(feed(call(10, 'hooks', 'ringing'))), []);
    const [incoming] = feed(call(60, 'window', 'ringing', { facts: { number: '1001', name: 'Ada' } }));
    assert.deepEqual([incoming?.source, incoming?.call?.name], ['window', 'Ada']);
    assert.deepEqual(told(feed(call(900, 'hooks', 'ringing', { key: 'h2', facts: { number: '7' } }))), []);
    assert.deepEqual(told(feed(passed(1299))), []);
    assert.deepEqual(told(feed(passed(1300))), ['incoming hooks']);
  });

  it('answers at once what the windows see answered, when hooks lead it', () => {
    feed(call(10, 'hooks', 'ringing'), call(12, 'window', 'ringing'));
    assert.deepEqual(told(feed(call(100, 'window', 'connected'), call(500, 'hooks', 'connected'))), [
      'answered window',
    ]);
  });

  it('lets the windows tell the end that hooks do not tell soon', () => {
    feed(call(10, 'hooks', 'connected'), call(12, 'window', 'connected'));
    assert.deepEqual(told(feed(over(1000, 'window'), passed(1249))), []);
    assert.deepEqual(told(feed(passed(1250))), ['ended window?']);
  });

  it('is the best one that knows the call when all have had their first look', () => {
    const opening = { calls: [], dials: [], retired: [], online: false };
    tracker = newTracker(opening);
    feed(awake, call(1, 'window', 'connected', { direction: undefined as never }), call(2, 'log', 'connected'), ready);
    assert.deepEqual(told(feed({ type: 'looked_around', time: 4 })), ['incoming log?', 'answered log']);
    tracker = newTracker(opening);
    feed(awake, ready, call(2, 'window', 'connected'));
    assert.deepEqual(told(feed({ type: 'looked_around', time: 4 })), ['incoming window?', 'answered window']);
    assert.equal(tracker.deadline, undefined);
  });

  it('takes no hook for a call of its own that tells late of what it saw in time', () => {
    feed(awake, call(10, 'log', 'ringing'), over(300, 'log'));
    const late = call(200, 'hooks', 'ringing');
    assert.deepEqual(told(eventsOf(tracker.observe(late, 6300))), []);
    assert.deepEqual(told(eventsOf(tracker.observe(over(320, 'hooks'), 6400))), []);
    assert.deepEqual(told(feed(passed(9000))), []);
  });

  it('takes no ring window for a call of its own that shows when MicroSIP has run the programs of its hooks', () => {
    feed(awake, call(10, 'log', 'ringing'), over(300, 'log'));
    assert.deepEqual(told(feed(call(6000, 'window', 'ringing'), passed(6600), over(7000, 'window'))), []);
    assert.deepEqual(told(feed(call(7500, 'log', 'ringing', { key: 'l2' }))), ['incoming log']);
    assert.deepEqual(told(feed(call(7600, 'window', 'ringing', { key: 'w2' }))), []);
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

  it('is corrected by the windows after a short while of silence about an answer', () => {
    feed(awake, call(10, 'log', 'ringing'), call(12, 'window', 'ringing'));
    assert.deepEqual(told(feed(call(100, 'window', 'connected'), passed(349))), []);
    assert.deepEqual(told(feed(passed(350))), ['answered window?']);
    assert.deepEqual(told(feed(over(3000, 'window'), passed(4999))), ['ended window']);
  });

  it('is corrected by a conclusion of a worse one only after two seconds', () => {
    feed(awake, call(10, 'log', 'ringing'), call(12, 'window', 'ringing'));
    assert.deepEqual(told(feed(call(100, 'window', 'connected', { inferred: true }), passed(2099))), []);
    assert.deepEqual(told(feed(passed(2100))), ['answered window?']);
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
    assert.deepEqual(told(events), ['incoming window']);
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

  it('tells two calls of one moment apart also when the worse source is first', () => {
    feed(awake);
    const two = feed(
      call(700, 'window', 'ringing', { key: 'w1', facts: { number: '1003' } }),
      call(710, 'log', 'ringing', { key: 'l1', facts: { number: '1002' } }),
      call(720, 'log', 'ringing', { key: 'l2', facts: { number: '1003' } }),
      call(730, 'window', 'ringing', { key: 'w2', facts: { number: '1002' } }),
      passed(5000),
    );
    assert.deepEqual(
      two.map(({ event, call }) => [
        event,
        tracker.keyOf(call?.callId ?? '', 'window'),
        tracker.keyOf(call?.callId ?? '', 'log'),
      ]),
      [
        ['incoming', 'w1', 'l2'],
        ['incoming', 'w2', 'l1'],
      ],
    );
  });

  it('keeps a call that was seen before MicroSIP was until it is there, and drops it when it is not', () => {
    feed({ type: 'presence', time: 1, source: 'window', presence: 'absent', problem: 'not_running' });
    assert.deepEqual(told(feed(call(10, 'log', 'ringing'))), []);
    assert.deepEqual(told(feed({ ...ready, time: 20 })), ['phone_online window', 'incoming log']);
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
    assert.deepEqual(told(events), ['phone_offline window', 'problem window', 'phone_online log', 'incoming log']);
    assert.deepEqual(
      [tracker.presence, tracker.trouble?.problem, tracker.state],
      ['absent', 'other_session', 'ringing'],
    );
  });

  it('does not take the next call of the same party for the one before that it saw late', () => {
    feed(awake, call(1000, 'log', 'ringing'), over(1100, 'log'));
    assert.deepEqual(told(feed(call(1200, 'hooks', 'ringing'), over(1300, 'hooks'))), []);
    // The log has lost this one, and is given the time to tell of it.
    assert.deepEqual(told(feed(call(7500, 'hooks', 'ringing', { key: 'hooks2' }), passed(7900))), ['incoming hooks']);
  });

  it('does not tell again of a call that is shown late, behind another one that is shown late without its number', () => {
    const log = (from: number, number: string): Input[] => [
      call(from, 'log', 'ringing', { key: `log ${number}`, facts: { number } }),
      { type: 'call_ended', time: from + 100, source: 'log', key: `log ${number}`, ending: {} },
    ];
    feed(awake, ...log(1000, '1001'), ...log(1200, '1002'));
    const rings = (from: number, facts: object): Input[] => [
      call(from, 'window', 'ringing', { key: `ring ${from}`, facts }),
      { type: 'call_ended', time: from + 100, source: 'window', key: `ring ${from}`, ending: {}, inferred: true },
    ];
    const late = [...rings(2000, { name: 'no number' }), ...rings(4000, { number: '1002' })];
    assert.deepEqual(told(feed(...late, passed(9000))), []);
  });

  it('does not tell again of a call that the windows show when the programs of many hooks have ended', () => {
    feed(awake, call(1000, 'log', 'ringing'), over(1300, 'log'));
    assert.deepEqual(told(feed(call(26_000, 'window', 'ringing'), over(26_100, 'window'), passed(40_000))), []);
  });

  it('does not tell again of a call that is shown late, when a window without a number was taken for it', () => {
    feed(awake, call(1000, 'log', 'ringing', { key: 'log1' }));
    feed(call(1100, 'window', 'ringing', { key: 'other', facts: { name: 'no number' } }));
    assert.deepEqual(told(feed({ ...over(1300, 'log'), key: 'log1' } as Input)), ['ended log']);
    assert.deepEqual(told(feed(call(1500, 'window', 'ringing', { key: 'its own' }), passed(9000))), []);
  });
});

describe('the source that leads the registration', () => {
  it('is the log, whose status stays when the windows say the same', () => {
    const tracker = newTracker();
    const feed = (...inputs: Input[]): PhoneEvent[] => inputs.flatMap((input) => eventsOf(tracker.observe(input)));
    feed(ready, awake);
    assert.deepEqual(told(feed(registered(10, 'window', 'registered', { text: 'Online' }))), []);
    assert.deepEqual(tracker.registration, { state: 'registered', sipStatus: 200, text: 'Online' });
  });

  it('is contradicted by the windows only after three seconds', () => {
    const tracker = newTracker();
    const feed = (...inputs: Input[]): PhoneEvent[] => inputs.flatMap((input) => eventsOf(tracker.observe(input)));
    feed(ready, awake);
    assert.deepEqual(told(feed(registered(10, 'window', 'unregistered'), passed(3009))), []);
    assert.deepEqual(told(feed(passed(3010))), ['registration window?']);
    assert.equal(tracker.registration?.state, 'unregistered');
    assert.deepEqual(told(feed(registered(4000, 'log', 'registered'))), ['registration log']);
  });
});
