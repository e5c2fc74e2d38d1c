import assert from 'node:assert/strict';
import type { Call } from '../../../../src/phone/calls/call';
import type { CallMediaObservation, Observation } from '../../../../src/phone/ports/observation';
import type { Told } from '../../../../src/phone/phone-event';
import { newTracker } from '../../../support/new-tracker';

const source = 'log';
const key = 'call-1';
const QUALITY = { codec: 'PCMU', received: { packets: 500, lossPercent: 2 }, mos: 4.1 };

const call = (time: number, state: 'ringing' | 'connected' = 'connected'): Observation => ({
  type: 'call',
  time,
  source,
  key,
  direction: 'inbound',
  state,
  facts: { number: '1002' },
});
const ended = (time: number): Observation => ({ type: 'call_ended', time, source, key, ending: { endedBy: 'remote' } });
const media = (time: number, told: Partial<CallMediaObservation>): Observation => ({
  type: 'call_media',
  time,
  source,
  key,
  ...told,
});

/** `answered`, `ended`, `log`: with the quality that is told along. */
function shown(told: readonly Told[]): string[] {
  const mos = ({ quality }: Call): string => (quality ? ` ${String(quality.mos)}` : '');
  return told.map((one) => {
    if ('finished' in one) return `log${mos(one.finished.call)}`;
    return one.event.event + (one.event.call ? mos(one.event.call) : '');
  });
}

describe('what is told of the media of a call', () => {
  const answeredCall = (): ReturnType<typeof newTracker> => {
    const tracker = newTracker(undefined, undefined, {});
    tracker.observe({ type: 'presence', time: 0, source, presence: 'ready' });
    tracker.observe(call(1000, 'ringing'));
    tracker.observe(call(2000));
    return tracker;
  };

  it('goes with the end when it is there in time', () => {
    const tracker = answeredCall();
    assert.deepEqual(shown(tracker.observe(media(9000, { quality: QUALITY }))), []);
    assert.deepEqual(shown(tracker.observe(ended(9001))), ['ended 4.1', 'log 4.1']);
    assert.equal(tracker.deadline, undefined);
  });

  it('goes into the call log when it comes behind the end', () => {
    const tracker = answeredCall();
    tracker.observe(media(9000, { more: true }));
    assert.deepEqual(shown(tracker.observe(ended(9001))), ['ended']);
    assert.equal(tracker.deadline, 10_001);
    assert.deepEqual(shown(tracker.observe({ type: 'time_passed', time: 10_000 })), []);
    assert.deepEqual(shown(tracker.observe(media(10_000, { quality: QUALITY }))), ['log 4.1']);
    assert.equal(tracker.deadline, undefined);
    assert.deepEqual(shown(tracker.observe(media(10_001, { quality: QUALITY }))), []);
  });

  it('is waited for no longer than a second', () => {
    const tracker = answeredCall();
    tracker.observe(media(9000, { more: true }));
    tracker.observe(ended(9001));
    assert.deepEqual(shown(tracker.observe({ type: 'time_passed', time: 10_001 })), ['log']);
    assert.deepEqual(shown(tracker.observe(media(10_002, { quality: QUALITY }))), []);
  });

  it('is not waited for when nobody said that he would tell more', () => {
    assert.deepEqual(shown(answeredCall().observe(ended(9001))), ['ended', 'log']);
    const tracker = answeredCall();
    tracker.observe(media(9000, { more: true }));
    tracker.observe(media(9000, {}));
    assert.deepEqual(shown(tracker.observe(ended(9001))), ['ended', 'log']);
  });

  it('of several sources is waited for until each has told it', () => {
    const tracker = answeredCall();
    tracker.observe({ ...call(2100), source: 'window', key: 'tab' } as Observation);
    tracker.observe(media(9000, { more: true }));
    tracker.observe({ type: 'call_media', time: 9000, source: 'window', key: 'tab', more: true });
    tracker.observe(ended(9001));
    assert.deepEqual(shown(tracker.observe(media(9100, { quality: QUALITY }))), []);
    const late: Observation = { type: 'call_media', time: 9200, source: 'window', key: 'tab', recording: 'C:\\a.mp3' };
    const told = tracker.observe(late);
    assert.deepEqual(shown(told), ['log 4.1']);
    const [first] = told;
    assert.ok(first && 'finished' in first);
    assert.equal(first.finished.call.recording, 'C:\\a.mp3');
  });

  it('keeps no other call waiting', () => {
    const tracker = answeredCall();
    tracker.observe(media(9000, { more: true }));
    tracker.observe(ended(9001));
    const other = { key: 'call-2', time: 9100 };
    tracker.observe({ ...call(9100, 'ringing'), ...other });
    assert.deepEqual(shown(tracker.observe({ ...ended(9200), key: 'call-2' } as Observation)), ['ended', 'log']);
    assert.deepEqual(shown(tracker.observe(media(9300, { quality: QUALITY }))), ['log 4.1']);
  });

  it('is told without it when the phone is closed meanwhile, once', () => {
    const tracker = answeredCall();
    tracker.observe(media(9000, { more: true }));
    tracker.observe(ended(9001));
    const memory = tracker.memory();
    assert.deepEqual(shown(tracker.observe({ type: 'looked_away', time: 9002 })), ['log', 'phone_offline']);
    assert.deepEqual(shown(newTracker(memory).observe({ type: 'looked_around', time: 9100 })), ['log']);
    assert.deepEqual(tracker.memory().finished, []);
  });

  it('of a call that nobody knows is nothing', () => {
    const tracker = newTracker();
    assert.deepEqual(shown(tracker.observe(media(1, { quality: QUALITY, more: true }))), []);
    assert.equal(tracker.deadline, undefined);
  });
});
