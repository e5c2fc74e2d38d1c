import assert from 'node:assert/strict';
import fc from 'fast-check';
import { eventsOf, newTracker } from '../../../support/new-tracker';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import type { LogHappening } from '../../../../src/observers/log/log-happening';
import { LogToObservations } from '../../../../src/observers/log/log-to-observations';
import { RecordSplitter } from '../../../../src/observers/log/records/record-splitter';
import { readStamp } from '../../../../src/observers/log/records/record-stamp';
import { parseSipMessage } from '../../../../src/observers/log/sip/sip-message';
import { printedUser, userPart } from '../../../../src/phone/numbers/user-part';
import { shownText } from '../../../../src/phone/texts/shown-text';
import { validUri } from '../../../../src/phone/texts/valid-uri';
import {
  clockTime,
  readInPieces,
  recordedLog,
  recordedLogs,
  toldCalls,
  type Expected,
  type ExpectedCall,
  type ToldCall,
} from './recorded-logs';

/**
 * Where the recordings' own account differs on purpose: it names the domain of the scripted far end although the call
 * came with another host or none.
 */
const OTHER_URI: Record<string, string> = {
  'sip:anonymous@pbx.example.test': 'sip:anonymous@anonymous.invalid',
  'sip:+4930999@pbx.example.test': 'tel:+4930999',
  'sip:@pbx.example.test': 'sip:pbx.example.test',
};

function expectCall(told: ToldCall, expected: ExpectedCall): void {
  const { call, end } = told;
  assert.equal(call.direction, expected.direction === 'incoming' ? 'inbound' : 'outbound');
  assert.equal(call.sipCallId ?? null, expected.sip_call_id);
  // Without a user the host stands for the number; control characters and bidi marks are taken out of what is shown.
  assert.equal(
    call.party.number,
    printedUser(shownText(userPart(expected.remote_user).number) ?? '') || 'pbx.example.test',
  );
  assert.equal(call.party.uri, OTHER_URI[expected.remote_uri] ?? validUri(expected.remote_uri));
  assert.equal(call.party.name, shownText(expected.display_name ?? undefined));
  assert.equal(call.account, expected.sip_call_id === null ? undefined : '1001');
  assert.deepEqual(
    told.states,
    expected.states.map(({ state, t }) => ({ state, t })),
  );
  assert.equal(told.rang, true);
  assert.equal(end?.by ?? 'unknown', expected.end.by);
  assert.equal(end?.status ?? null, expected.end.sip_code);
  // A BYE carries no reason; the recordings give it pjsip's wording, we the phrase of its status.
  const reason = expected.end.reason === 'Normal call clearing' ? 'OK' : expected.end.reason;
  assert.equal(end?.reason ?? null, reason);
  assert.equal(end?.elsewhere ?? false, expected.answered_elsewhere ?? false);
  assert.equal(call.answerTime !== undefined, expected.answered);
}

function expectHappenings(happenings: readonly LogHappening[], expected: Expected): void {
  const told = toldCalls(happenings);
  assert.deepEqual(
    told.map(({ call }) => call.sipCallId ?? null),
    expected.calls.map((call) => call.sip_call_id),
  );
  expected.calls.forEach((call, index) => {
    const it = told[index];
    assert.ok(it);
    expectCall(it, call);
  });
  const registrations = happenings.flatMap((happening) =>
    happening.type === 'registration' ? [{ state: happening.registration.state, t: clockTime(happening.time) }] : [],
  );
  // We have no word for taking an account out of service; and the recordings leave out the end of the program.
  const recorded = (expected.registration ?? []).filter(({ state }) => state !== 'unregistering');
  assert.deepEqual(
    registrations.slice(0, recorded.length),
    recorded.map(({ state, t }) => ({ state, t })),
  );
  assert.ok(registrations.slice(recorded.length).every(({ state }) => state === 'unregistered'));
  const dtmf = (sent: boolean): string[] =>
    happenings.flatMap((happening) =>
      happening.type === 'dtmf' && happening.sent === sent ? [clockTime(happening.time)] : [],
    );
  assert.deepEqual(
    dtmf(true),
    (expected.dtmf_sent_info ?? []).map(({ t }) => t),
  );
  assert.deepEqual(
    dtmf(false),
    (expected.dtmf_received_info ?? []).map(({ t }) => t),
  );
  const transfers = happenings.flatMap((happening) =>
    happening.type === 'transferred'
      ? [{ key: happening.key, t: clockTime(happening.requested), to: happening.target.uri }]
      : [],
  );
  assert.deepEqual(
    transfers,
    expected.calls.flatMap(({ sip_call_id, refer, transferred_to }) =>
      refer ? [{ key: sip_call_id, t: refer.t, to: transferred_to }] : [],
    ),
  );
}

/** What a phone makes of the log, with everything that came out of it. */
function eventsOfLog(happenings: readonly LogHappening[]): PhoneEvent[] {
  const tracker = newTracker();
  const observations = new LogToObservations((time) => time);
  const events = eventsOf(tracker.observe({ type: 'presence', time: 0, source: 'window', presence: 'ready' }));
  for (const happening of happenings) {
    for (const observation of observations.take(happening)) events.push(...eventsOf(tracker.observe(observation)));
  }
  return events;
}

const pieceSize = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9_000 }));

describe('recorded logs', () => {
  for (const { name, bytes, expected } of recordedLogs()) {
    describe(name, () => {
      const whole = readInPieces(bytes);

      it('tells what is known to have happened', () => {
        expectHappenings(whole, expected);
      });

      it('tells the same byte by byte', () => {
        assert.deepEqual(readInPieces(bytes, ones(bytes.length)), whole);
      });

      it('tells the same in random pieces', () => {
        fc.assert(
          fc.property(fc.array(pieceSize, { minLength: 1, maxLength: 30 }), (sizes) => {
            assert.deepEqual(readInPieces(bytes, again(sizes)), whole);
          }),
          { numRuns: 15 },
        );
      });

      it('shows each message that the recording names as evidence', () => {
        const messages = dumpedMessages(bytes);
        const { calls } = expected;
        const named = calls.flatMap((call) => [
          ...call.states,
          ...(call.hold_requests ?? []),
          ...[call.refer, call.ack, call.cancel_sent].filter((moment) => moment !== undefined),
        ]);
        const sip = named.filter(({ evidence }) => /^[RT]X .*SIP\/2\.0/.test(evidence));
        for (const { t, evidence } of sip) assert.ok(messages.has(`${t} ${evidence}`), `${t} ${evidence}`);
      });

      it('gives a phone one beginning and one end per call, with the right disposition', () => {
        const events = eventsOfLog(whole);
        const beginnings = events.filter(({ event }) => event === 'incoming' || event === 'outgoing');
        const ends = events.filter(({ event }) => event === 'ended');
        assert.equal(beginnings.length, expected.calls.length);
        assert.equal(ends.length, expected.calls.filter((call) => call.states.at(-1)?.state === 'ended').length);
        for (const { call } of ends) {
          const recorded = expected.calls.find(({ sip_call_id }) => sip_call_id === (call?.sipCallId ?? null));
          assert.ok(call && recorded);
          assert.equal(call.disposition === 'answered', recorded.answered);
          assert.equal(call.disposition === 'missed', recorded.missed);
          assert.equal(call.disposition === 'answered_elsewhere', recorded.answered_elsewhere ?? false);
        }
        assert.ok(events.every(({ confidence }) => confidence === 'exact'));
      });
    });
  }

  it('are read the same when the sender column is 14 wide, as in a 32-bit build', () => {
    for (const { name, bytes, expected } of recordedLogs()) {
      expectHappenings(readInPieces(narrowed(bytes)), expected);
      assert.ok(name);
    }
  });

  it('are read the same when the lines end in LF alone', () => {
    for (const name of ['hold-resume', 'incoming-cancelled-by-caller', 'log-injection', 'outgoing-no-transport']) {
      const { bytes, expected } = recordedLog(name);
      expectHappenings(readInPieces(withoutRecordCr(bytes)), expected);
    }
  });

  it('end open calls when the program ends in good order or its log begins anew', () => {
    const { bytes } = recordedLog('app-killed-mid-call');
    const ends = (more: Buffer): unknown[] =>
      readInPieces(Buffer.concat([bytes, more])).flatMap((happening) =>
        happening.type === 'ended' ? [happening.end] : [],
      );
    const end = [{ by: 'unknown', concluded: true }];
    assert.deepEqual(ends(Buffer.alloc(0)), []);
    assert.deepEqual(ends(Buffer.from('20:47:00.000           pjsua_core.c  .PJSUA destroyed...\r\n')), end);
    assert.deepEqual(ends(bytes).slice(0, 1), end);
  });

  it('never make the reader throw, whatever bytes are changed, lost or put in', () => {
    const logs = recordedLogs();
    const change = fc.record({ at: fc.nat(), byte: fc.nat(255), drop: fc.nat(3), add: fc.nat(3) });
    fc.assert(
      fc.property(fc.nat(logs.length - 1), fc.array(change, { minLength: 1, maxLength: 60 }), (which, changes) => {
        const { bytes } = logs[which] as (typeof logs)[number];
        const pieces: Buffer[] = [];
        let from = 0;
        for (const { at, byte, drop, add } of changes
          .map((each) => ({ ...each, at: each.at % bytes.length }))
          .sort(byAt)) {
          if (at < from) continue;
          pieces.push(bytes.subarray(from, at), Buffer.alloc(add, byte));
          from = at + drop;
        }
        const changed = Buffer.concat([...pieces, bytes.subarray(from)]);
        const events = eventsOfLog(readInPieces(changed));
        const count = (name: string): number => events.filter(({ event }) => event === name).length;
        assert.ok(count('ended') <= count('incoming') + count('outgoing'));
      }),
      { numRuns: 150 },
    );
  });

  it('do not keep the reader busy when they are no logs at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.array(fc.integer({ min: 1, max: 999 })), (bytes, sizes) => {
        assert.deepEqual(toldCalls(readInPieces(Buffer.from(bytes), sizes)), []);
      }),
      { numRuns: 100 },
    );
  });
});

const byAt = (a: { at: number }, b: { at: number }): number => a.at - b.at;

/** The same sizes over and over. */
function* again(sizes: readonly number[]): Generator<number> {
  for (;;) yield* sizes;
}

function* ones(count: number): Generator<number> {
  for (let index = 0; index < count; index += 1) yield 1;
}

/** `HH:MM:SS.mmm TX start-line` of each message that stands in a log. */
function dumpedMessages(bytes: Buffer): Set<string> {
  const found = new Set<string>();
  const splitter = new RecordSplitter(({ stamp, message }) => {
    const sip = message && parseSipMessage(message.bytes, message.cut);
    if (!sip) return;
    const start = sip.status === undefined ? `${sip.method} ${sip.requestUri ?? ''} SIP/2.0` : '';
    const answer = sip.status === undefined ? '' : `SIP/2.0 ${sip.status} ${sip.reason ?? ''}`;
    found.add(`${clockTime(stamp)} ${message.sent ? 'TX' : 'RX'} ${start}${answer}`);
  });
  splitter.push(bytes);
  splitter.settle();
  return found;
}

/** Applies a change to every record line outside of dumped messages. */
function changeRecords(bytes: Buffer, change: (line: string) => string): Buffer {
  const lines = bytes.toString('latin1').split(/(?<=\n)/);
  let inMessage = 0;
  const changed = lines.map((line) => {
    if (inMessage > 0) {
      inMessage -= line.length;
      return line;
    }
    if (readStamp(Buffer.from(line, 'latin1'), 0) === undefined)
      return line === '--end msg--\r\n' ? change(line) : line;
    inMessage = Number(/ [RT]X (\d+) bytes .*:\n$/.exec(line.replace(/ [ !]\.*(?=[RT]X)/, ' '))?.[1] ?? 0);
    return change(line);
  });
  return Buffer.from(changed.join(''), 'latin1');
}

function narrowed(bytes: Buffer): Buffer {
  return changeRecords(bytes, (line) =>
    line.replace(
      /^(\S{12}) +(\S+)/,
      (_, stamp: string, sender: string) => `${stamp} ${sender.slice(0, 14).padStart(14)}`,
    ),
  );
}

function withoutRecordCr(bytes: Buffer): Buffer {
  return changeRecords(bytes, (line) => line.replace(/\r\n$/, '\n'));
}
