import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dialTarget } from '../../../src/phone/guard/dial-target';
import { PhoneError } from '../../../src/phone/phone-error';

const ACCEPTED: [unknown, string][] = [
  ['1001', '1001'],
  [1001, '1001'],
  [0, '0'],
  ['+49 (30) 123-456', '+4930123456'],
  ['(555) 123-4567', '5551234567'],
  ['+49.30/123456', '+4930123456'],
  [' 1001 ', '1001'],
  ['*97', '*97'],
  ['#31#0301234', '#31#0301234'],
  ['alice', 'alice'],
  ['alice.b_c-d+e', 'alice.b_c-d+e'],
  ['alice@example.org', 'alice@example.org'],
  ['*97@pbx', '*97@pbx'],
  ['1001@192.168.1.1:5062', '1001@192.168.1.1:5062'],
  ['1001@[2001:db8::1]:5060', '1001@[2001:db8::1]:5060'],
  ['1001@[2001:db8::1]', '1001@[2001:db8::1]'],
  ['sip:alice@example.org', 'alice@example.org'],
  ['SIP:alice@example.org;transport=tcp', 'alice@example.org'],
  ['sip:1001', '1001'],
  ['tel:+49-30-123456', '+4930123456'],
  ['tel:030123456;phone-context=+49;ext=5', '030123456'],
  ['callto:+4930123456', '+4930123456'],
  ['callto://+4930123456', '+4930123456'],
  ['1001,,123#', '1001,,123#'],
  ['1001,1,2', '1001,1,2'],
  ['1001,', '1001'],
  ['alice@example.org,42', 'alice@example.org,42'],
];

const REFUSED: [string, unknown, string?][] = [
  ['nothing', undefined],
  ['null', null],
  ['an empty text', ''],
  ['blanks', '   '],
  ['an object', { number: '1001' }],
  ['a list', ['1001']],
  ['true', true],
  ['not a number', NaN],
  ['a negative number', -1],
  ['a fraction', 1.5],
  ['a huge number', 1e21],
  ['10 kB', '1'.repeat(10_240), 'too_long'],
  ['256 digits', '1'.repeat(256), 'too_long'],
  ['the exit switch', '/exit', 'command'],
  ['the reset switch', '/resetnoask', 'command'],
  ['a slash command', '/hangupall', 'command'],
  ['an option', '-1001', 'command'],
  ['a command in a tel address', 'tel:/account:1/password:x'],
  ['a command behind a tel address', 'tel:1001/account:1/password:x'],
  ['a command after slashes', 'tel:///answer'],
  ['a MicroSIP word', 'msip:hangupall', 'scheme'],
  ['a dial address', 'dial:1001', 'scheme'],
  ['a dialpad address', 'dialpad:1001', 'scheme'],
  ['sips', 'sips:alice@example.org', 'scheme'],
  ['http', 'http://example.org', 'scheme'],
  ['javascript', 'javascript:alert(1)', 'scheme'],
  ['a doubled scheme', 'sip:sip:1001'],
  ['a hidden scheme', 'sip:msip:hangupall'],
  ['a text message', '1001 hello', 'characters'],
  ['a name with a blank', 'alice bob', 'characters'],
  ['an account switch', '1001 /account:2'],
  ['a blank in user@host', '10 01@example.org'],
  ['a line break at the end', '1001\n'],
  ['a line break within', '10\r\n01'],
  ['NUL', '1001\u0000'],
  ['a tab', '1001\t2'],
  ['a no-break space', '1001\u00a02'],
  ['a lone surrogate', '1001\ud800'],
  ['emoji', '📞1001'],
  ['a bidi mark', '1001\u202e'],
  ['full-width digits', '１００１'],
  ['arabic digits', '١٢٣'],
  ['percent', '1001%20hello'],
  ['quotes', '"1001"'],
  ['a semicolon without a scheme', '1001;x=y'],
  ['a quote in a parameter', 'sip:1001;x="/exit"'],
  ['a header', 'sip:1001@example.org?Replaces=x'],
  ['a question mark', '1001?'],
  ['an ampersand', '1001&calc'],
  ['a password in the user', 'alice:secret@example.org'],
  ['two at signs', 'a@b@c'],
  ['no user', '@example.org'],
  ['no host', 'alice@', 'host'],
  ['a host with a blank', 'alice@example .org', 'host'],
  ['a host of numbers that is no address', 'alice@1.2.3', 'host'],
  ['port 0', 'alice@example.org:0', 'host'],
  ['port 65536', 'alice@example.org:65536', 'host'],
  ['a port that is none', 'alice@example.org:sip', 'host'],
  ['letters after a comma', '1001,x', 'tail'],
  ['a comma at first', ',1001'],
  ['only a plus', '+'],
  ['only separators', '().-/'],
  ['dots', '..'],
];

describe('dial target', () => {
  for (const [input, target] of ACCEPTED) {
    it(`takes ${JSON.stringify(input)} as ${target}`, () => {
      assert.equal(dialTarget(input), target);
    });
  }

  for (const [what, input, reason] of REFUSED) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => dialTarget(input),
        (error) =>
          error instanceof PhoneError &&
          error.code === 'invalid_number' &&
          (reason === undefined || error.messageKey === `error.invalid_number.${reason}`),
      );
    });
  }

  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          '1001',
          '+49',
          'alice',
          '@',
          'example.org',
          ' ',
          '/',
          'account:1',
          'password:x',
          'sip:',
          'tel:',
          ',',
          ';',
          '%20',
          '"',
          '\n',
          'msip:',
          '-',
          ':5060',
          '(',
          ')',
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  );

  it('lets nothing through that MicroSIP could take for more than a number', () => {
    fc.assert(
      fc.property(hostile, (input) => {
        let target: string;
        try {
          target = dialTarget(input);
        } catch (error) {
          assert.ok(error instanceof PhoneError && error.code === 'invalid_number');
          return;
        }
        assert.match(target, /^[A-Za-z0-9._+*#][A-Za-z0-9._+*#@:[\]-]*(,[0-9A-D*#,]*)?$/);
        assert.doesNotMatch(target, /\/|\s|%|"|;|^(msip|tel|sip|callto|dial|dialpad):/i);
        assert.ok(target.length <= 255);
      }),
      { numRuns: 5000 },
    );
  });

  it('gives the same when it is asked again with what it gave', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ACCEPTED.map(([, target]) => target)), (target) => {
        assert.equal(dialTarget(target), target);
      }),
    );
  });
});
