import assert from 'node:assert/strict';
import {
  completedEvent,
  completedFinished,
  completedInfo,
  completedState,
} from '../../../../src/fleet/protocol/completed-json';
import { readFleetCall } from '../../../../src/fleet/protocol/fleet-call';
import { readFleetEvent } from '../../../../src/fleet/protocol/fleet-event';
import { readFleetInfo } from '../../../../src/fleet/protocol/fleet-info';
import { readFleetState } from '../../../../src/fleet/protocol/fleet-state';

const NOW = Date.UTC(2026, 10, 22, 12);
const HEARD = { phone: 'desk-1', time: NOW };
const AT = { seq: 1, session: 's1' };

const eventOf = (json: unknown): ReturnType<typeof readFleetEvent> => readFleetEvent(completedEvent(json, HEARD));
const stateOf = (json: unknown): ReturnType<typeof readFleetState> => readFleetState(completedState(json, HEARD));

describe('what other agents leave out', () => {
  it('of an event is what it says anyway', () => {
    const read = eventOf({ event: 'incoming', callId: 'c1', number: '1001', ...AT });
    assert.deepEqual(read, {
      ...{ phone: 'desk-1', ...AT },
      event: {
        ...{ event: 'incoming', state: 'ringing', previousState: 'ringing', time: NOW },
        ...{ source: 'status', confidence: 'inferred' },
        call: { callId: 'c1', direction: 'inbound', callState: 'ringing', number: '1001', startTime: NOW },
      },
    });
  });

  it('of events that are no call’s is what they say anyway, too', () => {
    assert.equal(eventOf({ event: 'phone_offline', ...AT })?.event.state, 'offline');
    assert.equal(eventOf({ event: 'phone_online', ...AT })?.event.state, 'idle');
    assert.equal(eventOf({ event: 'ended', callId: 'c1', ...AT })?.event.state, 'idle');
  });

  it('of a state are its calls, when it has the fields of one', () => {
    const call = { callId: 'c1', callState: 'ringing', startTime: '2026-11-22T12:00:00.000Z' };
    const read = stateOf({ state: 'ringing', ...call, ...AT });
    assert.deepEqual(read?.snapshot.calls, [{ callId: 'c1', callState: 'ringing', startTime: NOW }]);
    assert.deepEqual(stateOf({ state: 'idle', ...AT }), {
      ...{ phone: 'desk-1', ...AT },
      snapshot: { time: NOW, state: 'idle', calls: [] },
    });
  });

  it('of a finished call and of an info is nothing that is needed', () => {
    const finished = readFleetCall(completedFinished({ callId: 'c1', endTime: NOW }, HEARD))?.finished;
    assert.deepEqual([finished?.call.endTime, finished?.replayed], [NOW, false]);
    const info = readFleetInfo(completedInfo({ agent: '1', session: 's1', host: null }));
    assert.deepEqual(info, { agent: '1', session: 's1', groups: [], commands: [] });
  });

  it('may also be nothing, or a problem that is not known here', () => {
    assert.equal(eventOf({ event: 'incoming', callId: 'c1', name: null, ...AT })?.event.call?.name, undefined);
    const read = stateOf({ state: 'offline', problem: 'from_the_future', ...AT });
    assert.deepEqual([read?.snapshot.state, read?.snapshot.problem], ['offline', undefined]);
    assert.equal(stateOf({ state: 'offline', problem: 'not_running', ...AT })?.snapshot.problem, 'not_running');
  });
});

describe('what MicroSIP knows besides its calls, of other agents', () => {
  const wrong: [name: string, value: unknown][] = [
    ...['problem', 'problemText', 'features', 'audio', 'voicemail'].flatMap((name) =>
      [7, [], '', { dnd: 'on', waiting: 'yes', microphone: {} }].map((value): [string, unknown] => [name, value]),
    ),
    ['features', JSON.parse('{"__proto__":{"dnd":true},"dnd":{}}')],
    ['voicemail', { waiting: true, new: -1 }],
    ['voicemail', { waiting: true, new: 1e400 }],
    ['audio', { microphone: { muted: true, level: 1000 }, speaker: { muted: true } }],
  ];
  for (const [name, value] of wrong)
    it(`does not make the state wrong: ${name} ${JSON.stringify(value)}`, () => {
      assert.deepEqual(stateOf({ state: 'idle', [name]: value, ...AT })?.snapshot, {
        ...{ time: NOW, state: 'idle', calls: [] },
      });
    });

  it('is read without what is said to be nothing', () => {
    const read = stateOf({
      ...{ state: 'idle', features: { dnd: true, recording: null }, voicemail: { waiting: true, new: null }, ...AT },
    });
    assert.deepEqual([read?.snapshot.features, read?.snapshot.voicemail], [{ dnd: true }, { waiting: true }]);
  });

  it('does not make a call wrong', () => {
    const told = { callId: 'c1', endTime: NOW, quality: { mos: 99 }, recording: 7, nameSource: 'guess' };
    const call = readFleetCall(completedFinished(told, HEARD))?.finished.call;
    assert.deepEqual(call, { callId: 'c1', callState: 'ended', startTime: NOW, endTime: NOW });
    const partly = { ...told, quality: { codec: 'PCMU', mos: null, sent: { packets: 5, jitterMs: null } } };
    assert.deepEqual(readFleetCall(completedFinished(partly, HEARD))?.finished.call.quality, {
      ...{ codec: 'PCMU', sent: { packets: 5 } },
    });
  });

  it('is no event without what it is about, nor the end of a problem that is not known here', () => {
    for (const event of ['features', 'audio', 'voicemail'])
      assert.equal(eventOf({ event, [event]: 'x', ...AT }), undefined);
    assert.equal(eventOf({ event: 'problem', problem: 'from_the_future', ...AT }), undefined);
    assert.equal(eventOf({ event: 'problem', ...AT })?.event.event, 'problem');
  });
});

describe('times that other agents write', () => {
  for (const time of [NOW, '2026-11-22T12:00:00Z', '2026-11-22T13:00:00+01:00', '2026-11-22T12:00:00.000000Z'])
    it(`may be ${JSON.stringify(time)}`, () => {
      assert.equal(eventOf({ event: 'phone_online', time, ...AT })?.event.time, NOW);
    });

  for (const time of ['now', '12', 'x'.repeat(1_000_000), 1e300, {}, true])
    it(`are none of ${JSON.stringify(time).slice(0, 20)}`, () => {
      assert.equal(eventOf({ event: 'phone_online', time, ...AT }), undefined);
    });
});

describe('what is no message of an agent', () => {
  for (const json of [undefined, null, 7, 'incoming', [], [{ event: 'incoming' }], {}])
    it(`stays none: ${JSON.stringify(json)}`, () => {
      assert.equal(eventOf(json), undefined);
      assert.equal(stateOf(json), undefined);
      assert.equal(readFleetCall(completedFinished(json, HEARD)), undefined);
      assert.equal(readFleetInfo(completedInfo(json)), undefined);
    });

  it('is one whose event is a name that all objects have', () => {
    const json: unknown = JSON.parse('{"event":"__proto__","callId":"c1","seq":1,"session":"s1","__proto__":{"x":1}}');
    assert.equal(eventOf(json), undefined);
    assert.equal(eventOf({ event: 'toString', ...AT }), undefined);
  });

  it('is one without its place, or with calls that are none', () => {
    assert.equal(eventOf({ event: 'phone_online' }), undefined);
    assert.equal(stateOf({ state: 'idle' }), undefined);
    for (const calls of [{}, 'none', [7], [[]]]) assert.equal(stateOf({ state: 'idle', calls, ...AT }), undefined);
  });
});
