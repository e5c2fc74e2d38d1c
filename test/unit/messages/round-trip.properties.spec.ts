import assert from 'node:assert/strict';
import fc, { type Arbitrary } from 'fast-check';
import { eventJson, readEvent } from '../../../src/messages/event-json';
import { finishedJson, readFinished } from '../../../src/messages/finished-json';
import { readSnapshot, snapshotJson } from '../../../src/messages/snapshot-json';
import { events, finishedCalls, shown, snapshots } from './values';

interface Form {
  title: string;
  values: Arbitrary<object>;
  write: (value: never) => object;
  read: (json: unknown) => object | undefined;
  /** Derived from other fields, or the same in all messages of the kind: not read. */
  ignores: (name: string) => boolean;
}

const OF_SNAPSHOT = ['event', 'state', 'phone', 'time', 'problem', 'calls', 'registration', 'audio'];
const STANDING = ['problemText', 'features', 'voicemail'];

const FORMS: Form[] = [
  {
    title: 'an event',
    values: fc.record({ phone: shown, event: events }),
    write: eventJson,
    read: readEvent,
    ignores: (name) => ['ringSeconds', 'duration', 'totalDuration', 'replayed'].includes(name),
  },
  {
    title: 'a snapshot',
    values: fc.record({ phone: shown, snapshot: snapshots }),
    write: snapshotJson,
    read: readSnapshot,
    ignores: (name) => ![...OF_SNAPSHOT, ...STANDING].includes(name),
  },
  {
    title: 'a finished call',
    values: fc.record({ phone: shown, finished: finishedCalls }),
    write: finishedJson,
    read: readFinished,
    ignores: (name) => ['ringSeconds', 'totalDuration'].includes(name),
  },
];

/** What no field of ours may be. */
const WRONG: unknown[] = [null, '', '\u202e', NaN, -1, {}, [{}], { toString: 1 }];

/** Ids may be any text, and a MicroSIP may offer no switch that we know. */
const isRight = (name: string, wrong: unknown): boolean =>
  name === 'callId' ? wrong === '\u202e' : name === 'features' && typeof wrong === 'object' && !Array.isArray(wrong);

const travelled = (value: object | undefined): unknown => JSON.parse(JSON.stringify(value)) as unknown;

for (const { title, values, write, read, ignores } of FORMS)
  describe(`${title} as JSON`, () => {
    it('comes back as it was', () => {
      fc.assert(
        fc.property(values, (value) => {
          const json = travelled(write(value as never));
          assert.deepEqual(read(json), travelled(value));
          assert.deepEqual(travelled(write(read(json) as never)), json);
        }),
      );
    });

    it('is read without what it does not know, and never by inheritance', () => {
      fc.assert(
        fc.property(values, (value) => {
          const json = travelled(write(value as never)) as object;
          const more = `${JSON.stringify(json).slice(0, -1)},"__proto__":{"polluted":1},"constructor":{},"more":[{}]}`;
          const back = read(JSON.parse(more));
          assert.deepEqual(back, travelled(value));
          assert.equal((back as { polluted?: unknown }).polluted, undefined);
          assert.equal(({} as { polluted?: unknown }).polluted, undefined);
          assert.equal(read(Object.create(json)), undefined);
        }),
      );
    });

    it('is not read in part: one field that is wrong makes it unreadable', () => {
      fc.assert(
        fc.property(values, fc.nat(), fc.constantFrom(...WRONG), (value, which, wrong) => {
          const json = travelled(write(value as never)) as Record<string, unknown>;
          const names = Object.keys(json).filter((name) => !ignores(name) && !isRight(name, wrong));
          const name = names[which % names.length] ?? '';
          assert.equal(read({ ...json, [name]: wrong }), undefined, `${name}: ${JSON.stringify(wrong)}`);
        }),
      );
    });

    it('is not read of anything else', () => {
      fc.assert(
        fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (json) => {
          assert.equal(read(json), undefined);
        }),
      );
    });
  });

describe('messages as JSON', () => {
  it('are not taken for one another', () => {
    const [event, snapshot, finished] = FORMS.map(({ values, write }) =>
      fc.sample(values, 20).map((value) => travelled(write(value as never))),
    );
    for (const json of [...(snapshot ?? []), ...(finished ?? [])]) assert.equal(readEvent(json), undefined);
    for (const json of [...(event ?? []), ...(finished ?? [])]) assert.equal(readSnapshot(json), undefined);
    for (const json of snapshot ?? []) assert.equal(readFinished(json), undefined);
  });

  const answered = {
    ...{ event: 'answered', phone: 'Desk', time: '2026-11-22T20:08:05.320Z', state: 'connected' },
    ...{ previousState: 'ringing', source: 'log', confidence: 'exact' },
    ...{ callId: '1', callState: 'connected', startTime: '2026-11-22T20:08:01.120Z' },
  };
  const wrong: [why: string, more: object][] = [
    ['was answered before it began', { answerTime: '2026-11-22T20:08:01.119Z' }],
    ['ended before it was answered', { answerTime: '2026-11-22T20:09:00.000Z', endTime: '2026-11-22T20:08:59.000Z' }],
    ['has ended and goes on', { event: 'ended' }],
    ['has a time in another form', { startTime: '2026-11-22T20:08:01Z' }],
    ['has a Call-ID of which something would be taken away', { sipCallId: 'a\u202eb' }],
    ['has an address that is none', { uri: 'javascript:alert(1)' }],
    ['has an international number that is none', { numberE164: '0049301234' }],
    ['has a word that is none', { disposition: 'lost' }],
  ];
  for (const [why, more] of wrong)
    it(`are not read of a call that ${why}`, () => {
      assert.ok(readEvent(answered));
      assert.equal(readEvent({ ...answered, ...more }), undefined);
    });

  it('bring no texts that the phone itself would not tell', () => {
    const event = readEvent({ ...answered, name: ' A\u202eda\r\nX ' })?.event;
    assert.equal(event?.call?.name, 'Ada X');
  });
});
