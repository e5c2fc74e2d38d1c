import assert from 'node:assert/strict';
import type { CallQuality } from '../../../../../src/phone/calls/call-quality';
import { readInPieces, recordedLogs } from '../recorded-logs';
import { secondReading } from './second-reading';

/** Of each call whose media were told of: the tag of the far end is in the messages of its Call-ID. */
function readQualities(bytes: Buffer, sizes?: Iterable<number>): { key: string; quality: CallQuality }[] {
  return readInPieces(bytes, sizes).flatMap((one) =>
    one.type === 'media' && one.quality ? [{ key: one.call.key, quality: one.quality }] : [],
  );
}

function withoutMos({ mos: _, ...quality }: CallQuality): CallQuality {
  return quality;
}

describe('quality of recorded calls', () => {
  const logs = recordedLogs();
  let found = 0;

  for (const { name, bytes, expected } of logs) {
    it(`is what stands in ${name}`, () => {
      const log = bytes.toString('utf8');
      const second = secondReading(log);
      const read = readQualities(bytes);
      assert.equal(read.length, second.size);
      for (const { key, quality } of read) {
        const tags = [...second.keys()].filter((tag) => messagesOf(log, key).includes(`tag=${tag}`));
        assert.equal(tags.length, 1, key);
        assert.deepEqual(withoutMos(quality), second.get(tags[0] ?? ''));
        const { packets = 0 } = quality.received ?? {};
        assert.equal(quality.mos !== undefined, packets >= 50);
      }
      const answered = new Set(expected.calls.filter((call) => call.answered).map((call) => call.sip_call_id));
      if (!expected.ambiguous) for (const { key } of read) assert.ok(answered.has(key), key);
      found += read.length;
    });
  }

  it('was read in most of them', () => {
    assert.ok(found >= 39, String(found));
  });

  it('does not depend on the pieces in which a log comes', () => {
    for (const { name, bytes } of logs) {
      const whole = readQualities(bytes);
      for (const size of [1, 7, 997]) {
        const sizes = Array<number>(Math.ceil(bytes.length / size)).fill(size);
        if (size > 1 || whole.length > 1) assert.deepEqual(readQualities(bytes, sizes), whole, `${name} by ${size}`);
      }
    }
  });
});

/** All that was said under a Call-ID. */
function messagesOf(log: string, callId: string): string {
  return log
    .split(/(?=^\d\d:\d\d:\d\d\.\d{3} )/m)
    .filter((record) => record.includes(callId))
    .join('');
}
