import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shownText } from '../../../../src/phone/texts/shown-text';

describe('a text that a caller chose', () => {
  for (const text of [
    'Ada Lovelace',
    '+49 (30) 123-456',
    'Zoe\u0301 Müller',
    '山田 太郎',
    'محمد علی',
    'می\u200cخواهم',
    'क\u094d\u200dष',
    'שלום',
    '👨‍👩‍👧 ☎️ 1️⃣',
    '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    '"><script>alert(1)</script>',
    'x'.repeat(255),
  ]) {
    it(`stays as it is: ${text.slice(0, 30)}`, () => {
      assert.equal(shownText(text), text);
    });
  }

  for (const [what, text, shown] of [
    ['line ends', 'Ada\r\nX: y\u2028z\u0085', 'Ada X: y z'],
    ['escape sequences', '\u001b[31mAda\u0007', '[31mAda'],
    ['NUL', '+49\u000030', '+4930'],
    ['direction marks', '\u202e+49\u200f30\u2066', '+4930'],
    ['half characters', 'A\ud83dda\udc00', 'Ada'],
    ['blanks without width', '+49\u200b30\u2060\ufeff', '+4930'],
    ['joiners that join nothing', '1\u200d2\u200c', '12'],
    ['letters that nobody sees', 'Ada\u{E0041}\u{E0042}', 'Ada'],
    ['code points that are none', 'A\uffffda\u{1fffe}', 'Ada'],
    ['blanks around it', ' \u00a0Ada\u3000 ', 'Ada'],
    ['nothing to be seen', '\u0000\u202e \u200d', undefined],
    ['nothing', '', undefined],
    ['4,096 characters', '1'.repeat(4096), '1'.repeat(255)],
    ['too many emoji', '😀'.repeat(200), '😀'.repeat(127)],
  ] as const) {
    it(`loses ${what}`, () => {
      assert.equal(shownText(text), shown);
    });
  }

  it('is one line of at most 255 characters, none of them half, and the same when it is looked at again', () => {
    const character = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('\ud83d', '\udc00', '\u200d', '\u0000', '\r\n', '👨‍👩‍👧', '\u{E0041}', ' '),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 600 }), (parts) => {
        const shown = shownText(parts.join(''));
        if (shown === undefined) return;
        assert.ok(shown.length > 0 && shown.length <= 255);
        assert.doesNotMatch(shown, /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
        assert.equal(shownText(shown), shown);
      }),
      { numRuns: 500 },
    );
  });
});
