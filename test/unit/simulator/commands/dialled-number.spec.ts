import assert from 'node:assert/strict';
import { dialledNumber } from '../../../../src/simulator/commands/dialled-number';

/** `user@host`, with the digits for after the answer, or `invalid`. */
const ROWS: [string, string, string][] = [
  ['1001', '1001@example.org', 'the domain of the account is added'],
  ['+49 (30) 12-34.5', '+493012345@example.org', 'separators go'],
  ['12-34', '1234@example.org', 'also without a plus'],
  ['1-2', '1-2@example.org', 'but not from less than four characters'],
  ['1 2', 'invalid', 'so that this is no address'],
  ['anna.b-c', 'anna.b-c@example.org', 'and not from names'],
  ['+49.30@pbx.test', '+4930@pbxtest', 'anything that begins with + is a phone number'],
  ['+4930123@192.0.2.10', '+4930123@1920210', 'its host too'],
  ['+49', '+49@example.org', 'unless it is shorter'],
  ['<sip:+49.30@pbx.test>', '+49.30@pbx.test', 'nothing goes from what stands in brackets'],
  ['<sip:+49.30@pbx.test:5070>,,12', '+49.30@pbx.test:5070 ,12', 'digits behind brackets'],
  ['<+49.30@pbx.test>', 'invalid', 'brackets need their own scheme'],
  ['user@pbxsip:5060', 'invalid', 'no scheme is added where the text has one, wherever'],
  ['<sip:user@pbxsip:5060>', 'user@pbxsip:5060', 'unless it has one at its place too'],
  ['anna@pbx.test;maddr=192.0.2.7', 'anna@pbx.test', 'nor do those that would lead elsewhere'],
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

const BY_ACCOUNT: [string, { prefix?: string; plan?: string }, string, string][] = [
  ['030123', { prefix: '9' }, '9030123@example.org', 'the prefix comes first'],
  ['+4930123', { prefix: '00' }, '004930123@example.org', 'in place of the plus'],
  ['+4930@pbx.test', { prefix: '00' }, '004930@pbxtest', 'and spoils addresses that begin with one'],
  ['112', { prefix: '9' }, '112@example.org', 'not before three digits'],
  ['anna', { prefix: '9' }, 'anna@example.org', 'nor before names'],
  ['<sip:+49@pbx.test>', { prefix: '9', plan: '0x.' }, '+49@pbx.test', 'nor to what stands in brackets'],
  ['030123', { plan: '1xxx|0x.' }, '030123@example.org', 'what the dial plan has is dialled'],
  ['030123', { plan: '1xxx' }, 'invalid', 'and nothing else'],
  ['anna@pbx.test', { plan: '0x.' }, 'invalid', 'addresses neither'],
];

describe('dialled numbers of the simulated MicroSIP', () => {
  for (const [text, account, expected, why] of BY_ACCOUNT)
    it(`${why}: ${text} with ${JSON.stringify(account)}`, () => {
      const number = dialledNumber(text, { domain: 'example.org', ...account });
      assert.equal(number ? `${number.user}@${number.host}` : 'invalid', expected);
    });

  for (const [text, expected, why] of ROWS) {
    it(`${why}: ${text.slice(0, 30)}`, () => {
      const number = dialledNumber(text, { domain: 'example.org' });
      const shown = number ? `${number.user}@${number.host} ${number.dtmfTail}`.trim() : 'invalid';
      assert.equal(shown, expected);
    });
  }
});
