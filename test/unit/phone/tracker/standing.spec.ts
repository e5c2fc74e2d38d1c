import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isStandingEvent, type FinishedCall, type PhoneEvent } from '../../../../src/phone/phone-event';
import type { Observation, OwnAct } from '../../../../src/phone/ports/observation';
import { newTracker } from '../../../support/new-tracker';

type Input = Observation | OwnAct;

const presence = (time: number, now: 'ready' | 'absent' | 'starting'): Input => ({
  ...{ type: 'presence', time, source: 'window', presence: now },
  ...(now === 'absent' && { problem: 'not_running' as const }),
});
const looked: Input = { type: 'looked_around', time: 0 };
const dnd = (time: number, on: boolean): Input => ({
  ...{ type: 'features', time, source: 'window', features: { dnd: on } },
});
const muted = (time: number, on: boolean): Input => ({
  ...{
    type: 'audio',
    time,
    source: 'window',
    audio: { microphone: { muted: on, level: 80 }, speaker: { muted: false } },
  },
});
const mail = (time: number, source: 'window' | 'log', waiting: boolean, counts = {}): Input => ({
  ...{ type: 'voicemail', time, source, voicemail: { waiting, ...counts } },
});
const trouble = (time: number, cause: string, problem?: 'blocked' | 'not_registered', problemText?: string): Input => ({
  ...{ type: 'trouble', time, source: 'window', cause },
  ...(problem && { problem }),
  ...(problemText !== undefined && { problemText }),
});

/** `features {"dnd":true}`, `problem blocked Title`, `phone_online` … */
function said(event: PhoneEvent): string {
  if (event.event === 'features') return `features ${JSON.stringify(event.features)}`;
  if (event.event === 'audio') return `audio ${event.audio.microphone.muted ? 'muted' : 'open'}`;
  if (event.event === 'voicemail') return `voicemail ${JSON.stringify(event.voicemail)}`;
  if (event.event === 'problem') return ['problem', event.problem, event.problemText].filter(Boolean).join(' ');
  return event.event;
}

describe('how a phone stands besides its calls', () => {
  let tracker: ReturnType<typeof newTracker>;
  let finished: FinishedCall[];
  const feed = (...inputs: Input[]): string[] =>
    inputs.flatMap((input) =>
      tracker.observe(input).flatMap((told) => {
        if ('event' in told) return [said(told.event)];
        finished.push(told.finished);
        return [];
      }),
    );
  beforeEach(() => {
    tracker = newTracker();
    finished = [];
  });

  it('is no event when MicroSIP is found so, and one whenever it changes', () => {
    assert.deepEqual(feed(presence(1, 'ready'), dnd(1, false), muted(1, true), mail(1, 'window', false), looked), [
      'phone_online',
    ]);
    assert.deepEqual(tracker.standingNow.features, { dnd: false });
    assert.equal(tracker.standingNow.audio?.microphone.muted, true);
    assert.deepEqual(feed(dnd(2, false), muted(2, true), dnd(3, true), muted(4, false), mail(5, 'window', true)), [
      'features {"dnd":true}',
      'audio open',
      'voicemail {"waiting":true}',
    ]);
  });

  it('is absent when MicroSIP is gone, and found anew when it is back', () => {
    feed(presence(1, 'ready'), dnd(1, true), looked);
    assert.deepEqual(feed(presence(2, 'absent'), dnd(2, false)), ['phone_offline']);
    assert.deepEqual(tracker.standingNow, {});
    assert.deepEqual(feed(presence(3, 'starting'), presence(4, 'ready'), dnd(4, false)), ['phone_online']);
    assert.deepEqual(tracker.standingNow.features, { dnd: false });
  });

  it('is known from before a deploy', () => {
    feed(presence(1, 'ready'), dnd(1, true), trouble(1, 'box', 'blocked'), looked);
    const next = newTracker(structuredClone(tracker.memory()));
    tracker = next;
    assert.deepEqual(feed(presence(2, 'ready'), dnd(2, false), trouble(2, 'box', 'blocked'), looked), [
      'features {"dnd":false}',
    ]);
  });

  it('has the counts of the log, unless the windows go on denying them', () => {
    feed(presence(1, 'ready'), mail(1, 'window', false), looked);
    assert.deepEqual(feed(mail(10, 'log', true, { new: 2 })), ['voicemail {"waiting":true,"new":2}']);
    assert.deepEqual(
      feed(mail(11, 'window', false), mail(12, 'window', true), { type: 'time_passed', time: 9000 }),
      [],
    );
    assert.deepEqual(feed(mail(9001, 'window', false)), []);
    assert.ok((tracker.deadline ?? Infinity) <= 12_001);
    assert.deepEqual(feed({ type: 'time_passed', time: 12_001 }), ['voicemail {"waiting":false}']);
  });

  it('tells the most serious problem when it begins, and when all are over', () => {
    feed(presence(1, 'ready'), looked);
    assert.deepEqual(feed(trouble(2, 'registration', 'not_registered')), ['problem not_registered']);
    assert.deepEqual(feed(trouble(3, 'box', 'blocked', 'Error'), trouble(4, 'box', 'blocked', 'Error')), [
      'problem blocked Error',
    ]);
    assert.deepEqual(tracker.trouble, { problem: 'blocked', problemText: 'Error' });
    assert.deepEqual(feed(trouble(5, 'registration'), trouble(6, 'box')), ['problem']);
    assert.equal(tracker.trouble, undefined);
    assert.deepEqual(feed(trouble(7, 'box', 'blocked'), presence(8, 'absent')), [
      'problem blocked',
      'problem',
      'phone_offline',
    ]);
  });

  it('has no problem with the files of a MicroSIP that does not run', () => {
    const large = (time: number): Input => trouble(time, 'log_size', 'blocked', 'large');
    feed(presence(1, 'ready'), looked);
    assert.deepEqual(feed(large(2), presence(3, 'absent'), large(4), large(9000)), [
      ...['problem blocked large', 'problem', 'phone_offline'],
    ]);
    assert.deepEqual(tracker.trouble, { problem: 'not_running' });
    assert.deepEqual(feed(presence(9001, 'ready'), large(9002)), ['phone_online', 'problem blocked large']);
    tracker = newTracker();
    assert.deepEqual(feed(presence(1, 'absent'), large(2), looked, large(3)), []);
  });

  it('tells of a registration that is gone for a minute, and of its return', () => {
    const registration = (time: number, state: 'registered' | 'registering' | 'unregistered' | 'none'): Input => ({
      ...{ type: 'registration', time, source: 'window', registration: { state } },
    });
    const later = (time: number): Input => ({ type: 'time_passed', time });
    feed(presence(1, 'ready'), registration(1, 'registered'), looked);
    assert.deepEqual(feed(registration(1000, 'registering'), registration(2000, 'unregistered')), [
      'registration',
      'registration',
    ]);
    assert.equal(tracker.deadline, 61_000);
    assert.deepEqual(feed(later(60_999)), []);
    assert.match(feed(later(61_000)).join(), /^problem not_registered ./);
    assert.deepEqual(feed(later(90_000)), []);
    assert.deepEqual(feed(registration(100_000, 'registered')), ['registration', 'problem']);
    // Back in time, or without a registrar, it is no trouble.
    feed(registration(101_000, 'unregistered'), registration(130_000, 'registered'));
    assert.deepEqual(feed(later(200_000), registration(201_000, 'none'), later(400_000)), ['registration']);
  });

  it('takes nothing for over that a phone after a deploy has not seen again yet', () => {
    feed(presence(1, 'ready'), looked, trouble(2, 'box', 'blocked', 'Error'));
    tracker = newTracker(tracker.memory());
    assert.deepEqual(feed(presence(10, 'ready'), { ...looked, time: 20 }), []);
    assert.deepEqual(feed(trouble(1010, 'box', 'blocked', 'Error'), { type: 'time_passed', time: 9000 }), []);
    assert.deepEqual(feed(trouble(9001, 'box')), ['problem']);
    feed(trouble(9002, 'box', 'blocked', 'Error'));
    tracker = newTracker(tracker.memory());
    feed(presence(10_000, 'ready'), { ...looked, time: 10_000 });
    assert.deepEqual(feed({ type: 'time_passed', time: tracker.deadline ?? 0 }), ['problem']);
  });

  it('has call logs wait for what is still to be told of a call, for a second', () => {
    const seen = (time: number, key: string, state: 'connected' | 'ringing'): Input => ({
      ...{ type: 'call', time, source: 'log', key, direction: 'inbound', state, facts: { number: key } },
    });
    const over = (time: number, key: string): Input => ({
      ...{ type: 'call_ended', time, source: 'log', key, ending: { endedBy: 'remote', sipStatus: 200 } },
    });
    const media = (time: number, key: string, more: boolean, known = {}): Input => ({
      ...{ type: 'call_media', time, source: 'log', key, more, ...known },
    });
    feed(presence(1, 'ready'), looked, { type: 'source_live', time: 1, source: 'log' });
    feed(seen(10, 'a', 'ringing'), seen(20, 'a', 'connected'), media(20, 'a', true, { recording: 'C:\\a.mp3' }));
    assert.deepEqual(feed(over(1000, 'a')), ['ended']);
    assert.equal(finished.length, 0);
    assert.deepEqual(feed(media(1100, 'a', false, { quality: { mos: 4.3 } })), []);
    assert.deepEqual(
      finished.map(({ call }) => [call.recording, call.quality?.mos]),
      [['C:\\a.mp3', 4.3]],
    );
    feed(seen(2000, 'b', 'ringing'), seen(2010, 'b', 'connected'), media(2010, 'b', true), over(3000, 'b'));
    assert.equal(tracker.deadline, 4000);
    feed({ type: 'time_passed', time: 4000 }, media(4100, 'b', false, { quality: { mos: 1 } }));
    assert.equal(finished.length, 2);
    assert.equal(finished[1]?.call.quality, undefined);
    feed(seen(5000, 'c', 'ringing'), seen(5010, 'c', 'connected'), over(6000, 'c'));
    assert.equal(finished.length, 3);
    feed(seen(7000, 'd', 'ringing'), seen(7010, 'd', 'connected'), media(7010, 'd', true), over(8000, 'd'));
    feed({ type: 'looked_away', time: 8001 });
    assert.equal(finished.length, 4);
  });

  it('is told as it changes whatever comes: nothing twice, never back in time, nothing of a phone that is not there', () => {
    const time = fc.integer({ min: 1, max: 20_000 });
    const bool = fc.boolean();
    const cause = fc.constantFrom('a', 'b');
    const input = fc.oneof(
      fc.tuple(time, fc.constantFrom('ready', 'absent', 'starting')).map(([at, now]) => presence(at, now)),
      fc.tuple(time, bool).map(([at, on]) => dnd(at, on)),
      fc.tuple(time, bool).map(([at, on]) => muted(at, on)),
      fc.tuple(time, fc.constantFrom('window', 'log'), bool).map(([at, source, on]) => mail(at, source, on)),
      fc
        .tuple(time, cause, fc.constantFrom(undefined, 'blocked', 'not_registered'))
        .map(([at, name, problem]) => trouble(at, name, problem)),
      time.map((at): Input => ({ type: 'time_passed', time: at })),
      fc.constant(looked),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        const one = newTracker();
        const events = inputs
          .flatMap((seen) => one.observe(seen))
          .flatMap((told) => ('event' in told ? [told.event] : []));
        let latest = 0;
        const before = new Map<string, string>();
        for (const event of events) {
          assert.ok(event.time >= latest);
          latest = event.time;
          if (event.event === 'phone_online')
            for (const name of ['features', 'audio', 'voicemail']) before.delete(name);
          if (!isStandingEvent(event)) continue;
          if (event.event !== 'problem') assert.notEqual(event.state, 'offline');
          assert.notEqual(before.get(event.event) ?? 'problem', said(event));
          before.set(event.event, said(event));
        }
      }),
    );
  });
});
