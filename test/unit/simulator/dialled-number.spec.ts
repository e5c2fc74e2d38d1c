import assert from 'node:assert/strict';
import { dialledNumber } from '../../../src/simulator/dialled-number';

/** `user@host`, with the digits for after the answer, or `invalid`. */
const ROWS: [string, string, string][] = [
  ['1001', '1001@example.org', 'the domain of the account is added'],
  ['+49 (30) 12-34.5', '+493012345@example.org', 'separators go'],
  ['12-34', '1234@example.org', 'also without a plus'],
  ['1-2', '1-2@example.org', 'but not from less than four characters'],
  ['1 2', 'invalid', 'so that this is no address'],
  ['anna.b-c', 'anna.b-c@example.org', 'and not from names'],
  ['+49.30@pbx.test', '+4930@pbxtest', 'anything that begins with + is a phone number'],
  ['anna@pbx.test:5070', 'anna@pbx.test:5070', 'another host'],
  ['anna@pbx.test;transport=tcp', 'anna@pbx.test', 'parameters do not belong to the host'],
  ['sip:anna@pbx.test', 'anna@pbx.test', 'a scheme that the parser has left'],
  ['sips:1001', '1001@example.org', 'sips: becomes sip:'],
  ['1001,123', '1001@example.org 123', 'digits for after the answer'],
  ['1001,,1,2', '1001@example.org ,1,2', 'more commas'],
  ['1001,', '1001@example.org', 'a trailing comma goes'],
  [',1001', 'invalid', 'nothing before the comma'],
  ['@pbx.test', 'invalid', 'no user'],
  ['anna@', 'invalid', 'no host'],
  ['a"b', 'invalid', 'a quote'],
  ['1'.repeat(884), `${'1'.repeat(884)}@example.org`, '900 bytes'],
  ['1'.repeat(885), 'invalid', '901 bytes'],
];

describe('dialled numbers of the simulated MicroSIP', () => {
  for (const [text, expected, why] of ROWS) {
    it(`${why}: ${text.slice(0, 30)}`, () => {
      const number = dialledNumber(text, 'example.org');
      const shown = number ? `${number.user}@${number.host} ${number.dtmfTail}`.trim() : 'invalid';
      assert.equal(shown, expected);
    });
  }
});
