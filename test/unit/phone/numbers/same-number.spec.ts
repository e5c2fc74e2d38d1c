import assert from 'node:assert/strict';
import fc from 'fast-check';
import { e164Formatter } from '../../../../src/phone/numbers/e164';
import { sameNumber } from '../../../../src/phone/numbers/same-number';

describe('same number', () => {
  for (const [region, a, b, expected] of [
    ['', '+49 30 123-456', '+4930123456', true],
    ['', '1001', '10 01', true],
    ['', 'Alice', 'alice', true],
    ['', '1001', '1001@pbx.example.org', true],
    ['', 'alice@Example.org', 'alice@example.org', true],
    ['', '*97', '*97', true],
    ['', '0,030123456', '030123456', true],
    ['', '9,2125550100', '212-555-0100', true],
    ['', '0030123456', '030123456', true],
    ['', '+4930123456', '004930123456', true],
    ['', '*31#030123456', '030123456', true],
    ['', '1234567', '+49 30 1234567', true],
    ['DE', '030 123456', '+4930123456', true],
    ['DE', '030 123456', '004930123456', true],
    ['DE', '030123456@pbx', '+4930123456@provider.example', true],
    ['US', '(212) 555-0100', '+1 212 555 0100', true],
    ['GB', '020 7946 0018', '+442079460018', true],
    ['IT', '06 1234567', '+39061234567', true],

    ['', '030 123456', '+4930123456', false],
    ['DE', '030 123456', '+4940123456', false],
    ['', '1001', '21001', false],
    ['', '123456', '0123456', false],
    ['', '1001', '1002', false],
    ['', 'jean-luc', 'jeanluc', false],
    ['', 'a.b', 'ab', false],
    ['', 'alice', 'alice2', false],
    ['', 'desk1234567', '1234567', false],
    ['', 'alice@one.example', 'alice@two.example', false],
    ['', '', '1234567', false],
    ['', '-', '(', false],
  ] as const) {
    it(`${a} and ${b} ${expected ? 'are' : 'are not'} the same${region && ` in ${region}`}`, () => {
      assert.equal(sameNumber(a, b, e164Formatter(region)), expected);
    });
  }

  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[+0-9 ().\-/*#,@ab]{0,20}$/),
    fc.stringMatching(/^(\+|00|0)?[0-9]{3,15}$/),
  );
  const e164 = e164Formatter('DE');

  it('every text is the same as itself', () => {
    fc.assert(
      fc.property(text, (a) => sameNumber(a, a, e164)),
      { numRuns: 1000 },
    );
  });

  it('it does not matter which text comes first', () => {
    const related = fc
      .tuple(text, fc.constantFrom('', '0', '9,', '+', '00', '+49'), text)
      .map(([a, prefix, b]): [string, string] => [a, b.length % 2 === 0 ? prefix + a : b]);
    fc.assert(
      fc.property(related, ([a, b]) => sameNumber(a, b, e164) === sameNumber(b, a, e164)),
      { numRuns: 2000 },
    );
  });

  it('a prefix for an outside line does not matter from seven digits on', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{7,15}$/), fc.stringMatching(/^[0-9*#,]{1,4}$/), (number, prefix) =>
        sameNumber(prefix + number, number, e164),
      ),
    );
  });
});
