import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dialTarget } from '../../../../../src/phone/guard/targets/dial-target';
import { PhoneError } from '../../../../../src/phone/errors/phone-error';
import { processorMs } from '../../../../support/processor-ms';

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
  ['tel:030123456;phone-context=+49;ext=5', '+4930123456,,5'],
  ['callto:+4930123456', '+4930123456'],
  ['callto://+4930123456', '+4930123456'],
  ['1001,,123#', '1001,,123#'],
  ['1001,1,2', '1001,1,2'],
  ['1001,', '1001'],
  ['alice@example.org,42', 'alice@example.org,42'],
];

/** What people paste: from address books, spreadsheets, web pages and signatures of mails. */
const PASTED: [unknown, string][] = [
  ['+49 (0) 30 123456', '+4930123456'],
  ['+49(0)30/123456', '+4930123456'],
  ['(+49) (0) 30 123456', '+4930123456'],
  ['0049 (0)30 123456', '004930123456'],
  ['+44 (0)20 7946 0018', '+442079460018'],
  ['+44 (0) 5555 123', '+445555123'],
  ['+7 (8) 495 123-45-67', '+74951234567'],
  ['+36 (06) 1 234 5678', '+3612345678'],
  ['+39 (0)6 698 12345', '+390669812345'],
  ['+39 (0)347 123 4567', '+393471234567'],
  ['+45 (0) 32 12 34 56', '+4532123456'],
  ['+378 (0549) 886377', '+3780549886377'],
  ['+49 (30) 123456', '+4930123456'],
  ['+999 (0) 123', '+9990123'],
  ['030 (0) 123', '0300123'],
  ['+ 49 30 123456', '+4930123456'],
  ['+(49) 30 123456', '+4930123456'],
  ['1001\n', '1001'],
  ['\t\r\n1001 \u00a0', '1001'],
  ['1001\u00a02', '10012'],
  ['+49\u202f30\u2009123\u3000456', '+4930123456'],
  ['030\u2013123\u2014456\u2212789\u2011\u20100', '0301234567890'],
  ['\u202a+49 30 123456\u202c', '+4930123456'],
  ['\u202d\u200e+1\u200b555\u2066123\u2069\u202c', '+1555123'],
  ['030\u00ad123\ufeff456\ufe0f', '030123456'],
  ['\u200ealice@example.org\u200f', 'alice@example.org'],
  ['１００１', '1001'],
  ['＋４９（３０）１２３－４５６', '+4930123456'],
  ['١٢٣', '123'],
  ['۰۳۰۱۲۳', '030123'],
  ['०१२३', '0123'],
  ['\u{1d7d8}\u{1d7ff}', '09'],
  ['１００１@pbx', '1001@pbx'],
  ['+1 202 555 0143 x123', '+12025550143,,123'],
  ['+1-202-555-0143x123', '+12025550143,,123'],
  ['+49 (0) 30 123456 ext. 5', '+4930123456,,5'],
  ['(202) 555-0143, ext. 12', '2025550143,,12'],
  ['2025550143 Extension: 12', '2025550143,,12'],
  ['1001 x5', '1001,,5'],
  ['2x4', '2x4'],
  ['+15551234;ext=89', '+15551234,,89'],
  ['212-555-1234 Ext.: 7', '2125551234,,7'],
  ['03ー1234ー5678', '0312345678'],
  ['０９０ー１２３４ー５６７８', '09012345678'],
  ['+49 (030) 123456', '+4930123456'],
  ['0049 (030) 123456', '004930123456'],
  ['+44 (020) 7946 0018', '+442079460018'],
  ['+61 (02) 9876 5432', '+61298765432'],
  ['+91 (022) 2345 6789', '+912223456789'],
  ['+972 (03) 612 3456', '+97236123456'],
  ['tel:+61(02)98765432', '+61298765432'],
  ['+39 (06) 698 12345', '+390669812345'],
  ['+225 (07) 01 23 45 67', '+2250701234567'],
  ['+999 (030) 123', '+999030123'],
];

/** The forms of RFC 3261, 3966 and 2806, and what browsers make of them. */
const URIS: [string, string][] = [
  ['dial:1001', '1001'],
  ['DialPad:+49-30-123', '+4930123'],
  ['sips:alice@example.org', 'alice@example.org'],
  ['sip://alice@example.org/', 'alice@example.org'],
  ['callto://alice/', 'alice'],
  ['tel: 030 123456', '030123456'],
  ['tel:030%20123%2d456', '030123456'],
  ['tel:%2B4930123456', '+4930123456'],
  ['sip:%31%31%32@example.org', '112@example.org'],
  ['sip:alice%40example.org', 'alice@example.org'],
  ['tel:7042;phone-context=+1-914-555', '+19145557042'],
  ['tel:06-69812345;phone-context=+39', '+390669812345'],
  ['tel:8-495-1234567;phone-context=+7', '+74951234567'],
  ['tel:+4930123456;phone-context=example.org', '+4930123456'],
  ['tel:+49-30-123456;ext=12-3;isub=7', '+4930123456,,123'],
  ['tel:+4930123456;ext=5', '+4930123456,,5'],
  ['sip:+358-555-1234567;postd=pp22@foo.example;user=phone', '+3585551234567@foo.example,,22'],
  ['sip:+358-555-1234567;ext=5;postd=w7@foo.example', '+3585551234567@foo.example,,5,7'],
  ['sip:+15145550100;verstat=TN-Validation-Passed@example.org', '+15145550100@example.org'],
  ['sip:030-123-456@example.org;user=phone', '030123456@example.org'],
  ['sip:1234;phone-context=example.org@example.org;user=phone', '1234@example.org'],
  ['sip:030123456;phone-context=+49@example.org;user=phone', '+4930123456@example.org'],
  ['sip:alice@example.org;user=phone', 'alice@example.org'],
  ['tel:555-1234 x89', '5551234,,89'],
  ['sip:alice@example.org;maddr=192.0.2.7;ttl=1', 'alice@example.org'],
  ['+49-900-123456@example.org', '+49900123456@example.org'],
  ['+49 (0) 30 123@example.org', '+4930123@example.org'],
  ['1001-1@example.org', '1001-1@example.org'],
  ['alice@EXAMPLE.org:5060', 'alice@example.org:5060'],
  ['1001@[2001:DB8:0:0:0:0:0:1]', '1001@[2001:db8::1]'],
];

/** What is refused, why, and the character or value that the error names. */
const REFUSED: [string, unknown, string?, string?][] = [
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
  ['http', 'http://example.org', 'scheme'],
  ['javascript', 'javascript:alert(1)', 'scheme'],
  ['a doubled scheme', 'sip:sip:1001'],
  ['a hidden scheme', 'sip:msip:hangupall'],
  ['a text message', '1001 hello', 'characters'],
  ['a name with a space', 'alice bob', 'characters', '" " (U+0020)'],
  ['an account switch', '1001 /account:2'],
  ['a blank in user@host', '10 01@example.org'],
  ['a line break within', '10\r\n01'],
  ['NUL', '1001\u0000'],
  ['a tab', '1001\t2'],
  ['a lone surrogate', '1001\ud800'],
  ['emoji', '📞1001'],
  ['a mark that shows a number from behind', '1001\u202e2', 'characters', 'U+202E'],
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
  ['a host that a resolver takes for an address', 'alice@0x7f.1', 'host'],
  ['a host with a number at its end', 'alice@pbx.1', 'host'],
  ['port 0', 'alice@example.org:0', 'host'],
  ['port 65536', 'alice@example.org:65536', 'host'],
  ['a port that is none', 'alice@example.org:sip', 'host'],
  ['letters after a comma', '1001,x', 'tail'],
  ['a comma at first', ',1001'],
  ['only a plus', '+'],
  ['only separators', '().-/'],
  ['dots', '..'],
  ['a number behind a dot', '.112'],
  ['a number between dots', '..110'],
  ['a number behind a dot in an address', 'sip:.112'],
  ['a number in dots', '.1.1.2'],
  ['a dot behind the plus', '+.49900123'],
  ['a hyphen behind the plus', '+-49-900-123'],
  ['two pluses', '++49900123', 'characters', '+ (U+002B)'],
  ['a plus in the middle', '49+900', 'characters', '+ (U+002B)'],
  ['a plus before a star', '+*112'],
  ['an underline before a number', '_112', 'characters', '_ (U+005F)'],
  ['letters behind a plus', '+1-800-FLOWERS', 'characters', 'F (U+0046)'],
  ['dots before a number for a host', '.112@example.org'],
  ['two pluses for a host', '++49900@example.org'],
  ['escaped dots', 'sip:%2E112'],
  ['escapes in escapes', 'sip:%25%31%31%32', 'characters', '% (U+0025)'],
  ['a broken escape', 'tel:112%', 'characters', '% (U+0025)'],
  ['an escaped line break', 'sip:1001%0a@example.org', 'characters', 'U+000A'],
  ['an escaped command', 'tel:%2Fhangupall'],
  ['a number of some domain', 'tel:7042;phone-context=example.com', 'context', 'example.com'],
  ['a number of another domain', 'sip:7042;phone-context=example.com@example.org', 'context'],
  ['a number of no place', 'tel:7042;phone-context=+', 'context'],
  ['a number of a place that cannot be', 'tel:900123;phone-context=+0', 'context'],
  ['letters as an extension', 'tel:1001;ext=abc', 'tail'],
  ['letters to send', 'sip:1001;postd=hello@example.org', 'tail'],
  ['an address with a telephone scheme', 'tel:alice@example.org'],
  ['a name with a direction mark', 'ali\u200ece', 'characters', 'U+200E'],
  ['a name with a dash', 'jean\u2013paul', 'characters', 'U+2013'],
  ['a tab within', '10\t01', 'characters', 'U+0009'],
  ['a question mark within', '10?01', 'characters', '? (U+003F)'],
  ['a space and a sign', '12 34?56', 'characters', '? (U+003F)'],
  ['the end of a host', 'alice@example.org.', 'host'],
];

/** What comes out of spreadsheets and programs in place of a number. */
const LOOK_ALIKES: [unknown, string][] = [
  ['447900123456.0', 'decimal'],
  ['1001.00', 'decimal'],
  [1001.5, 'decimal'],
  ['4.479E+11', 'exponent'],
  ['4,479E+11', 'exponent'],
  ['4.479e11', 'exponent'],
  ['1e+21', 'exponent'],
  [1e21, 'exponent'],
  ['undefined', 'placeholder'],
  ['NaN', 'placeholder'],
  ['null', 'placeholder'],
  ['NULL', 'placeholder'],
  ['true', 'placeholder'],
  ['false', 'placeholder'],
  ['[object Object]', 'placeholder'],
  ['None', 'placeholder'],
  [Infinity, 'placeholder'],
  ['tel:447900123456.0', 'decimal'],
  ['sip:447900123456.0@example.org', 'decimal'],
  ['447900123456.0@example.org', 'decimal'],
  ['447900123456.0,,12', 'decimal'],
  ['447900123456.0 x12', 'decimal'],
  ['447900123456.0;ext=12', 'decimal'],
  ['sip:4.479E+11@example.org', 'exponent'],
  ['4.479E+11@example.org', 'exponent'],
  ['tel:4.479E+11', 'exponent'],
  ['4.479E+11,,12', 'exponent'],
  ['tel:undefined', 'placeholder'],
  ['undefined@example.org', 'placeholder'],
  ['alice@undefined', 'placeholder'],
  [undefined, 'placeholder'],
  [null, 'placeholder'],
  [true, 'placeholder'],
  [NaN, 'placeholder'],
  [Date.now(), 'timestamp'],
];

function refusal(input: unknown): PhoneError {
  try {
    dialTarget(input);
  } catch (error) {
    assert.ok(error instanceof PhoneError && error.code === 'invalid_number', String(error));
    return error;
  }
  return assert.fail('it is dialled');
}

describe('dial target', () => {
  for (const [input, target] of [...ACCEPTED, ...PASTED, ...URIS]) {
    it(`takes ${JSON.stringify(input)} as ${target}`, () => {
      assert.equal(dialTarget(input), target);
    });
  }

  for (const [what, input, reason, named] of REFUSED) {
    it(`refuses ${what}`, () => {
      const error = refusal(input);
      if (reason !== undefined) assert.equal(error.messageKey, `error.invalid_number.${reason}`);
      if (named !== undefined) assert.ok(Object.values(error.params).includes(named), JSON.stringify(error.params));
      if (named !== undefined) assert.ok(error.message.includes(named), error.message);
    });
  }

  for (const [input, reason] of LOOK_ALIKES) {
    it(`says what ${typeof input} ${String(input)} looks like`, () => {
      const error = refusal(input);
      assert.equal(error.messageKey, `error.invalid_number.${reason}`);
      if (typeof input !== 'string') assert.ok(error.message.includes(String(input)), error.message);
    });
  }

  it('dials whole numbers that are no times', () => {
    assert.equal(dialTarget(447_900_123_456), '447900123456');
    assert.equal(dialTarget('1767225600000'), '1767225600000');
    assert.equal(dialTarget(9_767_225_600_000), '9767225600000');
  });

  it('refuses what becomes too long on the way', () => {
    const long = `tel:${'1'.repeat(240)};phone-context=+4930`;
    assert.equal(refusal(long).messageKey, 'error.invalid_number.too_long');
  });

  it('dials the same digits, whatever people put between them', () => {
    const between = fc.array(
      fc.constantFrom(
        ...Array.from(' ().-/\u00a0\u202f\u3000\u2010\u2013\u2212\u200e\u202a\u202c\u2066\u200b\ufeff\ufe0f'),
      ),
      { maxLength: 3 },
    );
    const script = fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce);
    const digit = fc.tuple(fc.integer({ min: 0, max: 9 }), script, between);
    fc.assert(
      fc.property(fc.constantFrom('', '+', '＋'), fc.array(digit, { minLength: 4, maxLength: 15 }), (plus, digits) => {
        const values = digits.map(([value]) => value);
        // What is told by other tests: (0) behind a country code, and what spreadsheets write.
        fc.pre(!values.includes(0) && values.length > 0);
        const written = digits.map(([value, zero, marks]) => String.fromCodePoint(zero + value) + marks.join(''));
        assert.equal(dialTarget(plus + written.join('')), (plus === '' ? '' : '+') + values.join(''));
      }),
    );
  });

  it('is quick with a long text', () => {
    const started = processorMs();
    const blanks = ' '.repeat(1_000_000);
    assert.equal(refusal(`1${blanks}x`).messageKey, 'error.invalid_number.too_long');
    assert.equal(dialTarget(`${blanks}1001${blanks}`), '1001');
    for (const part of ['1', '1 ', '(', '+', 'x1', '1x', '%31', ';', '.', '@', 'ext', '1,']) {
      const long = part.repeat(255).slice(0, 255);
      for (const text of [long, `tel:${long}`.slice(0, 255), `sip:1${long}`.slice(0, 255)])
        try {
          dialTarget(text);
        } catch (error) {
          assert.ok(error instanceof PhoneError);
        }
    }
    assert.ok(processorMs() - started < 5000);
  });

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
      fc.property(fc.constantFrom(...[...ACCEPTED, ...PASTED, ...URIS].map(([, target]) => target)), (target) => {
        assert.equal(dialTarget(target), target);
      }),
    );
  });
});
