import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodeDde, parseStatus } from '../../../src/documented/dde-protocol';
import type { LinkAction } from '../../../src/phone/ports/link';

const ROWS: [LinkAction, string][] = [
  [{ do: 'dial', target: 'sip:ada@example.org' }, '[Dial("sip:ada@example.org")]'],
  [{ do: 'hangup_all' }, '[Hangup]'],
  [{ do: 'answer' }, '[Answer]'],
  [{ do: 'reject_all' }, '[Reject]'],
  [{ do: 'toggle_hold' }, '[Hold]'],
  [{ do: 'transfer', target: '200' }, '[Transfer("200")]'],
  [{ do: 'dtmf', digits: '12#' }, '[SendDTMF("12#")]'],
  [{ do: 'toggle_mute', device: 'microphone' }, '[Mute]'],
  [{ do: 'set_volume', device: 'speaker', level: 40 }, '[SetVolume("40")]'],
  [{ do: 'exit' }, '[Close]'],
];

describe('dde protocol', () => {
  for (const [action, text] of ROWS)
    it(`says ${text}`, () => {
      assert.equal(encodeDde(action).execute, text);
    });

  it('never lets a parameter out of its quotes', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', '[', ']', '\0', '\n', '1', ' ') }));
    fc.assert(
      fc.property(text, (target) => {
        let encoded: string;
        try {
          encoded = encodeDde({ do: 'dial', target }).execute;
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'invalid_number');
          return;
        }
        assert.match(encoded, /^\[Dial\("[^"[\]\P{ASCII}\p{Cc}]+"\)\]$/u);
      }),
    );
    for (const bad of ['"', '[', ']', '\0', '\r', '\u202e']) {
      assert.throws(() => encodeDde({ do: 'dtmf', digits: `1${bad}2` }), { code: 'invalid_digits' });
      assert.throws(() => encodeDde({ do: 'transfer', target: `1${bad}2` }), { code: 'invalid_number' });
    }
  });

  it('refuses an account and a volume out of range', () => {
    assert.throws(() => encodeDde({ do: 'dial', target: '1', account: 2 }), { code: 'unsupported' });
    for (const level of [-1, 101, 1.5, NaN])
      assert.throws(() => encodeDde({ do: 'set_volume', device: 'speaker', level }));
  });

  it('reads digits and words, and nothing else', () => {
    assert.deepEqual(['0', '1', '2\0rest', ' Hold ', 'DISCONNECTED\0'].map(parseStatus), [0, 1, 2, 3, 4]);
    for (const text of ['', '5', '-1', '22', 'busy']) assert.equal(parseStatus(text), undefined);
  });
});
