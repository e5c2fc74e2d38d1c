import assert from 'node:assert/strict';
import fc, { type Arbitrary } from 'fast-check';
import { AVAILABILITIES, readAvailability } from '../../../../src/fleet/protocol/availability';
import { fleetCallJson, readFleetCall } from '../../../../src/fleet/protocol/fleet-call';
import { fleetEventJson, readFleetEvent } from '../../../../src/fleet/protocol/fleet-event';
import { fleetInfoJson, readFleetInfo } from '../../../../src/fleet/protocol/fleet-info';
import { fleetResponseJson, readFleetResponse } from '../../../../src/fleet/protocol/fleet-response';
import { fleetStateJson, readFleetState } from '../../../../src/fleet/protocol/fleet-state';
import { readPayload } from '../../../../src/fleet/protocol/payload';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import { events, finishedCalls, shown, snapshots } from '../../messages/values';

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const time = fc.integer({ min: 0, max: 4e12 });
const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const result = fc.record(
  {
    callId: fc.string({ minLength: 1 }),
    verified: fc.constant(false),
    audio: fc.record({ muted: fc.boolean(), level: fc.integer({ min: 0, max: 100 }) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

interface Form {
  title: string;
  values: Arbitrary<object>;
  write: (value: never) => object;
  read: (json: unknown) => object | undefined;
  /** Without which it is none. */
  needs: string[];
}

const FORMS: Form[] = [
  {
    title: 'an event',
    values: fc.record({ phone: shown, event: events, seq, session: id }),
    write: (value) => fleetEventJson(value),
    read: readFleetEvent,
    needs: ['seq', 'session', 'event', 'phone', 'time', 'state'],
  },
  {
    title: 'a state',
    values: fc.record({ phone: shown, snapshot: snapshots, seq: fc.nat(), session: id, missedToday: fc.nat() }),
    write: (value) => fleetStateJson(value),
    read: readFleetState,
    needs: ['seq', 'session', 'event', 'phone', 'time', 'state', 'calls'],
  },
  {
    title: 'a finished call',
    values: fc.record({ phone: shown, finished: finishedCalls }),
    write: (value) => fleetCallJson(value),
    read: readFleetCall,
    needs: ['phone', 'callId', 'startTime', 'source'],
  },
  {
    title: 'an info',
    values: fc.record(
      {
        ...{ agent: shown, microsip: shown, host: shown, user: shown, session: id },
        ...{ groups: fc.array(id), commands: fc.array(id) },
      },
      { requiredKeys: ['agent', 'session', 'groups', 'commands'] },
    ),
    write: fleetInfoJson,
    read: readFleetInfo,
    needs: ['agent', 'session', 'groups', 'commands'],
  },
  {
    title: 'a response',
    values: fc.oneof(
      fc.record({ id, ok: fc.constant(true), result }),
      fc.record({ id, ok: fc.constant(true), time, session: id }),
    ),
    write: fleetResponseJson,
    read: readFleetResponse,
    needs: ['id', 'ok'],
  },
];

const WRONG: unknown[] = [null, '', '\u202e', -1, 1.5, {}, [{}], { toString: 1 }];
const travelled = (value: object | undefined): unknown => JSON.parse(JSON.stringify(value)) as unknown;

for (const { title, values, write, read, needs } of FORMS)
  describe(`${title} of a fleet`, () => {
    it('comes back as it was', () => {
      fc.assert(
        fc.property(values, (value) => {
          const payload = Buffer.from(JSON.stringify(write(value as never)));
          // A text of many scripts in each of its fields may be more than any phone has to tell.
          if (payload.byteLength > 64 * 1024) return;
          assert.deepEqual(travelled(readPayload(payload, read)), travelled(value));
        }),
      );
    });

    it('is not read without what it needs, nor with that in another form', () => {
      fc.assert(
        fc.property(values, fc.constantFrom(...needs), fc.constantFrom(...WRONG), (value, name, wrong) => {
          const json = travelled(write(value as never)) as Record<string, unknown>;
          assert.equal(read({ ...json, [name]: undefined }), undefined, `without ${name}`);
          if (name !== 'callId') assert.equal(read({ ...json, [name]: wrong }), undefined, name);
        }),
      );
    });

    it('is read without what it does not know, and never by inheritance', () => {
      fc.assert(
        fc.property(values, (value) => {
          const json = travelled(write(value as never)) as object;
          const more = `${JSON.stringify(json).slice(0, -1)},"__proto__":{"polluted":1},"constructor":{},"more":[{}]}`;
          assert.deepEqual(travelled(read(JSON.parse(more))), travelled(value));
          assert.equal(({} as { polluted?: unknown }).polluted, undefined);
          assert.equal(read(Object.create(json)), undefined);
        }),
      );
    });

    it('is not read of anything else', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), fc.anything(), (payload, json) => {
          assert.equal(readPayload(payload, read), undefined);
          assert.equal(read(json), undefined);
        }),
      );
    });
  });

describe('what a fleet publishes', () => {
  it('is not read when it is larger than 64 KB', () => {
    const info = { agent: '1', session: 's', groups: [], commands: [] };
    const payload = (padding: number) => Buffer.from(JSON.stringify({ ...info, padding: 'x'.repeat(padding) }));
    assert.ok(readPayload(payload(60_000), readFleetInfo));
    assert.equal(readPayload(payload(70_000), readFleetInfo), undefined);
  });

  it('has the first event of a session as its number 1', () => {
    const event = fc.sample(events, 1)[0] ?? assert.fail();
    const json = fleetEventJson({ phone: 'Desk', event, seq: 1, session: 's' });
    assert.ok(readFleetEvent(travelled(json)));
    assert.equal(readFleetEvent({ ...json, seq: 0 }), undefined);
  });
});

describe('the availability of a phone', () => {
  it('is one of two words', () => {
    for (const word of AVAILABILITIES) assert.equal(readAvailability(Buffer.from(word)), word);
    for (const other of ['', 'Online', 'online ', '"online"', 'unknown', 'x'.repeat(1000)])
      assert.equal(readAvailability(Buffer.from(other)), undefined, other);
  });
});

describe('a response of a fleet', () => {
  it('tells that an effect was seen, and that it was not', () => {
    assert.deepEqual(fleetResponseJson({ id: 'a', ok: true, result: { callId: 'c' } }), {
      ...{ id: 'a', ok: true, callId: 'c', verified: true },
    });
    assert.deepEqual(readFleetResponse({ id: 'a', ok: true, callId: 'c', verified: true }), {
      ...{ id: 'a', ok: true, result: { callId: 'c' } },
    });
    assert.deepEqual(readFleetResponse({ id: 'a', ok: true, callId: 'c' }), {
      ...{ id: 'a', ok: true, result: { callId: 'c' } },
    });
    assert.deepEqual(readFleetResponse({ id: 'a', ok: true }), { id: 'a', ok: true });
    const unseen = { id: 'a', ok: true, result: { verified: false } } as const;
    assert.deepEqual(readFleetResponse(fleetResponseJson(unseen)), unseen);
  });

  it('brings the error, its reason and the time of the agent', () => {
    const error = new PhoneError('expired_command', 'late', { age: 12, ttl: 10 });
    const json = travelled(fleetResponseJson({ id: 'a', ok: false, error, time: 5 })) as Record<string, unknown>;
    assert.deepEqual(json, {
      ...{ id: 'a', ok: false, time: 5 },
      error: {
        ...{ code: 'expired_command', key: 'error.expired_command.late', params: { age: 12, ttl: 10 } },
        message: error.message,
      },
    });
    const back = readFleetResponse(json);
    assert.ok(back?.ok === false);
    assert.deepEqual(
      [back.error.code, back.error.reason, back.error.message, back.time],
      [...['expired_command', 'late', error.message, 5]],
    );
  });

  it('has a sentence of ours, whatever the other side writes', () => {
    const back = readFleetResponse({ id: 'a', ok: false, error: { code: 'line_busy', message: '<script>' } });
    assert.ok(back?.ok === false);
    assert.equal(back.error.message, new PhoneError('line_busy').message);
  });
});
