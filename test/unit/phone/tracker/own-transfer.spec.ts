import assert from 'node:assert/strict';
import type { CallObservation, Observation, OwnAct } from '../../../../src/phone/ports/observation';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import type { CallTracker } from '../../../../src/phone/tracker/call-tracker';
import { newTracker, eventsOf } from '../../../support/new-tracker';

describe('a call that we transfer, and whose transfer no source can see', () => {
  let tracker: CallTracker;

  beforeEach(() => {
    tracker = newTracker();
    feed({ type: 'presence', time: 1, source: 'window', presence: 'ready' }, seen(2, 'dialing'));
    feed(seen(1_000, 'connected'));
  });

  const feed = (...inputs: (Observation | OwnAct)[]): PhoneEvent[] =>
    inputs.flatMap((input) => eventsOf(tracker.observe(input)));
  const seen = (
    time: number,
    state: CallObservation['state'],
    source: 'window' | 'log' = 'window',
  ): CallObservation => ({
    ...{ type: 'call', time, source, key: source, direction: 'outbound', state, facts: { number: '1002' } },
  });
  const ended = (time: number, source: 'window' | 'log' = 'window'): Observation => ({
    ...{ type: 'call_ended', time, source, key: source, ending: {}, inferred: true },
  });
  const sent = (time: number, target = '1009@pbx.example.org'): OwnAct => ({
    ...{ type: 'transfer_sent', time, callId: 'id1', target },
  });
  const told = (events: readonly PhoneEvent[]): unknown[] =>
    events.map(({ event, confidence, call }) => [event, confidence, call?.transferredTo]);

  it('is told to be transferred when it ends, as inferred, and then to have ended', () => {
    feed(sent(5_000));
    assert.deepEqual(told(feed(ended(5_400), { type: 'time_passed', time: 9_000 })), [
      ['transferred', 'inferred', '1009'],
      ['ended', 'inferred', '1009'],
    ]);
  });

  it('is still told so by the next phone after a deploy', () => {
    feed(sent(5_000), { type: 'looked_away', time: 5_100 });
    tracker = newTracker(tracker.memory());
    feed({ type: 'presence', time: 5_200, source: 'window', presence: 'ready' }, seen(5_200, 'connected'));
    feed({ type: 'looked_around', time: 5_201 });
    assert.deepEqual(told(feed(ended(5_400), { type: 'time_passed', time: 9_000 }))[0], [
      ...['transferred', 'inferred', '1009'],
    ]);
  });

  const CASES: [string, () => (Observation | OwnAct)[]][] = [
    ['we hang up ourselves', () => [sent(5_000), { type: 'hangup_sent', time: 6_000, callId: 'id1' }, ended(6_100)]],
    [
      'MicroSIP did not get the order',
      () => [sent(5_000), { type: 'transfer_failed', time: 5_100, callId: 'id1' }, ended(6_100)],
    ],
    [
      'it is talked on after it was held',
      () => [sent(5_000), seen(5_100, 'held'), seen(8_000, 'connected'), ended(9_000)],
    ],
    ['it ends much later', () => [sent(5_000), ended(60_000)]],
    [
      'the log saw it, which would have told of it',
      () => [seen(4_000, 'connected', 'log'), sent(5_000), ended(5_400, 'log')],
    ],
    ['MicroSIP is gone', () => [sent(5_000), { type: 'presence', time: 5_100, source: 'window', presence: 'absent' }]],
  ];
  for (const [what, inputs] of CASES) {
    it(`is not told to be transferred when ${what}`, () => {
      const events = feed(...inputs(), { type: 'time_passed', time: 99_000 });
      assert.equal(events.filter(({ event }) => event === 'ended').length, 1);
      assert.deepEqual(
        events.filter(({ event, call }) => event === 'transferred' || call?.transferredTo !== undefined),
        [],
      );
    });
  }
});
