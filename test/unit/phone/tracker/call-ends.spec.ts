import assert from 'node:assert/strict';
import type { CallEnding, Source } from '../../../../src/phone/calls/call';
import type { CallObservation, Observation, OwnAct } from '../../../../src/phone/ports/observation';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import { newTracker, eventsOf } from '../../../support/new-tracker';

type Input = Observation | OwnAct;

const call = (
  time: number,
  source: Source,
  state: CallObservation['state'],
  more: Partial<CallObservation> = {},
): Input => ({
  ...{ type: 'call', time, source, key: `${source}1`, direction: 'outbound', state, facts: { number: '1001' } },
  ...more,
});
const over = (time: number, source: Source, ending: CallEnding = {}, inferred = true): Input => ({
  ...{ type: 'call_ended', time, source, key: `${source}1`, ending, inferred },
});
const passed = (time: number): Input => ({ type: 'time_passed', time });
const ready: Input = { type: 'presence', time: 0, source: 'window', presence: 'ready' };
const idle: Input = { type: 'registration', time: 0, source: 'window', registration: { state: 'registered' } };
const awake: Input = { type: 'registration', time: 0, source: 'log', registration: { state: 'registered' } };

describe('the end of a call', () => {
  let feed: (...inputs: Input[]) => PhoneEvent[];
  let tracker: ReturnType<typeof newTracker>;
  /** `ended window? busy 486` */
  const ends = (events: PhoneEvent[]): string[] =>
    events
      .filter(({ event }) => event === 'ended')
      .map(({ source, confidence, call }) =>
        [`${source}${confidence === 'exact' ? '' : '?'}`, call?.disposition, call?.sipStatus].join(' ').trim(),
      );

  beforeEach(() => {
    tracker = newTracker();
    feed = (...inputs) => inputs.flatMap((input) => eventsOf(tracker.observe(input)));
    feed(ready, idle);
  });

  describe('that nobody answered', () => {
    const why: [what: string, source: Source, ending: CallEnding, direction: 'inbound' | 'outbound', told: string][] = [
      ['busy', 'window', { sipStatus: 486, sipReason: 'Busy Here' }, 'outbound', 'window? busy 486'],
      ['no answer', 'window', { sipStatus: 480 }, 'outbound', 'window? no_answer 480'],
      ['no answer, with hooks', 'hooks', { sipStatus: 408 }, 'outbound', 'hooks? no_answer 408'],
      ['declined, with hooks', 'hooks', { sipStatus: 603 }, 'outbound', 'hooks? rejected 603'],
      ['answered elsewhere', 'window', { elsewhere: true }, 'inbound', 'window? answered_elsewhere'],
      ['answered elsewhere, with hooks', 'hooks', { elsewhere: true }, 'inbound', 'hooks? answered_elsewhere'],
    ];
    for (const [what, source, ending, direction, told] of why) {
      it(`waits for what the history says: ${what}`, () => {
        const state = direction === 'inbound' ? 'ringing' : 'dialing';
        feed(call(10, source, state, { direction }), passed(300), call(400, 'history', state, { direction }));
        assert.deepEqual(ends(feed(over(5000, source), passed(6400))), []);
        assert.equal(tracker.deadline, 6500);
        assert.deepEqual(ends(feed(over(6450, 'history', ending))), [told]);
      });
    }

    it('waits for what the history says of a call that is over before the history has shown it', () => {
      feed({ type: 'source_live', time: 0, source: 'history' });
      feed(call(10, 'window', 'dialing'));
      const { callId = '' } = tracker.calls[0] ?? {};
      assert.deepEqual(ends(feed(over(400, 'window'), passed(1800))), []);
      const told = feed({ ...over(1850, 'history', { sipStatus: 486 }), key: callId } as Input);
      assert.deepEqual(ends(told), ['window? busy 486']);
    });

    it('prefers what the history says to what a busy hook stands for', () => {
      feed(call(10, 'hooks', 'dialing'), passed(300), call(400, 'history', 'dialing'));
      const busy: CallEnding = { sipStatus: 486 };
      assert.deepEqual(ends(feed(over(5000, 'hooks', busy), over(5900, 'history', { sipStatus: 603 }))), [
        'hooks? rejected 603',
      ]);
    });

    it('does not wait longer than the history takes, nor when it does not know the call', () => {
      feed(call(10, 'window', 'dialing'), call(400, 'history', 'dialing'));
      assert.deepEqual(ends(feed(over(5000, 'window'), passed(6500))), ['window? failed']);
      feed(call(8000, 'window', 'dialing', { key: 'w2', facts: { number: '7' } }));
      assert.deepEqual(ends(feed({ ...over(9500, 'window'), key: 'w2' } as Input)), ['window? failed']);
    });

    it('waits for a history that works although it has not told yet that the call is there', () => {
      feed(call(10, 'window', 'dialing'), call(400, 'history', 'dialing'), over(5000, 'window'), passed(6500));
      const next = { facts: { number: '7' } };
      feed(call(8000, 'window', 'dialing', { ...next, key: 'w2' }), { ...over(8200, 'window'), key: 'w2' } as Input);
      feed(call(8300, 'history', 'dialing', { ...next, key: 'h2' }));
      const busy = { ...over(9300, 'history', { sipStatus: 486 }), key: 'h2' } as Input;
      assert.deepEqual(ends(feed(busy)), ['window? busy 486']);
      const third = { facts: { number: '8' }, key: 'w3' };
      feed(call(20_000, 'window', 'dialing', third), { ...over(20_100, 'window'), key: 'w3' } as Input);
      assert.deepEqual(ends(feed(passed(21_600))), ['window? failed']);
      const fourth = { facts: { number: '9' }, key: 'w4' };
      const quick = [call(30_000, 'window', 'dialing', fourth), { ...over(30_100, 'window'), key: 'w4' } as Input];
      assert.deepEqual(ends(feed(...quick)), ['window? failed']);
    });

    it('does not wait when we hung up ourselves, or when it was answered', () => {
      feed(call(10, 'window', 'dialing'), call(400, 'history', 'dialing'));
      feed({ type: 'hangup_sent', time: 4900, callId: tracker.calls[0]?.callId ?? '' });
      assert.deepEqual(ends(feed(over(5000, 'window'))), ['window? cancelled']);
      const other = { facts: { number: '7' } };
      feed(
        call(6000, 'window', 'connected', { ...other, key: 'w2' }),
        call(6400, 'history', 'dialing', { ...other, key: 'h2' }),
      );
      assert.deepEqual(ends(feed({ ...over(9000, 'window'), key: 'w2' } as Input)), ['window? answered']);
    });

    it('does not take the next call to the same party for it', () => {
      feed(call(10, 'window', 'dialing'), call(400, 'history', 'dialing'), over(5000, 'window'));
      const again = feed(call(5300, 'window', 'dialing', { key: 'w2' }));
      assert.deepEqual(
        again.map(({ event }) => event),
        ['outgoing'],
      );
      assert.deepEqual(ends(feed(over(5900, 'history', { sipStatus: 486 }))), ['window? busy 486']);
      assert.equal(tracker.calls.length, 1);
    });

    it('is told before MicroSIP is gone', () => {
      feed(call(10, 'window', 'dialing'), call(400, 'history', 'dialing'), over(5000, 'window'));
      const gone = feed({ type: 'presence', time: 5100, source: 'window', presence: 'absent' });
      assert.deepEqual(
        gone.map(({ event, source }) => `${event} ${source}`),
        ['ended window', 'phone_offline window'],
      );
    });
  });

  it('of a call that was there for an instant is told with what the log has of it', () => {
    feed(awake, call(10, 'window', 'ringing', { direction: 'inbound' }));
    assert.deepEqual(ends(feed(over(60, 'window'))), []);
    const log = call(100, 'log', 'ringing', { direction: 'inbound' });
    assert.deepEqual(ends(feed(log, over(110, 'log', { sipStatus: 487, elsewhere: true }, false))), [
      'log answered_elsewhere 487',
    ]);
  });

  it('of such a call is told all the same when the log does not have it', () => {
    feed(awake, call(10, 'window', 'ringing', { direction: 'inbound' }));
    assert.deepEqual(ends(feed(over(60, 'window'), passed(259))), []);
    assert.deepEqual(ends(feed(passed(260))), ['window? missed']);
  });

  describe('that the log has lost', () => {
    const connected = [awake, call(10, 'log', 'connected')];

    it('is told when the windows show no call for ten seconds', () => {
      feed(...connected);
      assert.equal(tracker.deadline, 10_010);
      assert.deepEqual(ends(feed(passed(10_009))), []);
      assert.deepEqual(ends(feed(passed(10_010))), ['window? answered']);
      assert.deepEqual(feed(over(10_020, 'log', { sipStatus: 200 }, false)), []);
    });

    it('is told when the windows have seen it and the log has spoken of the call since', () => {
      feed(...connected, call(20, 'window', 'connected'), over(5000, 'window'));
      feed(call(5900, 'log', 'held', { heldBy: 'remote' }));
      assert.deepEqual(ends(feed(passed(14_999))), []);
      assert.deepEqual(ends(feed(passed(15_000))), ['window? answered']);
    });

    it('is not concluded while the windows show another call, hang, or cannot be seen', () => {
      feed(...connected, call(20, 'window', 'ringing', { key: 'w2', direction: 'inbound', facts: { number: '7' } }));
      assert.deepEqual(ends(feed(passed(60_000))), []);
      feed({ ...over(60_100, 'window'), key: 'w2' } as Input, passed(62_000));
      feed({ type: 'presence', time: 65_000, source: 'window', presence: 'hung' });
      assert.deepEqual(ends(feed(passed(120_000))), []);
      feed({ ...ready, time: 120_000 });
      assert.deepEqual(ends(feed(passed(129_999))), []);
      assert.deepEqual(ends(feed(passed(130_000))), ['window? answered']);
    });

    it('is not concluded by a phone whose windows never tell of calls', () => {
      tracker = newTracker();
      feed(ready, ...connected);
      assert.deepEqual(ends(feed(passed(600_000))), []);
    });
  });
});
