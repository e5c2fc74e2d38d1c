import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitList } from '../../../../src/observers/log/sip/header-value';
import { partyOf } from '../../../../src/observers/log/sip/sip-address';
import { printedUser } from '../../../../src/phone/numbers/user-part';
import { shownText } from '../../../../src/phone/texts/shown-text';
import { parseSipMessage } from '../../../../src/observers/log/sip/sip-message';

const parse = (text: string, cut?: boolean): ReturnType<typeof parseSipMessage> =>
  parseSipMessage(Buffer.from(text.replaceAll('\n', '\r\n')), cut);

describe('SIP text in a log', () => {
  it('is a message with headers long or compact, folded, in any case, with a blank before the colon', () => {
    const message = parse(
      'INVITE sip:1@x SIP/2.0\nV: SIP/2.0/UDP a;branch=z9hG4bK7;rport\nVia: SIP/2.0/UDP b;branch=other\n' +
        'f : "A;tag=no" <sip:2@y;tag=no>\n ;tag = t1\nTO: <sip:1@x>\ni: abc@d\ncseq:  7   INVITE\n\nv=0\n',
    );
    assert.equal(message?.method, 'INVITE');
    assert.equal(message.requestUri, 'sip:1@x');
    assert.equal(message.branch, 'z9hG4bK7');
    assert.equal(message.fromTag, 't1');
    assert.equal(message.toTag, undefined);
    assert.equal(message.callId, 'abc@d');
    assert.equal(message.cseq, 7);
    assert.equal(message.body, 'v=0\r\n');
    assert.deepEqual(message.headers.get('via')?.length, 2);
  });

  it('is a response that belongs to the method of its CSeq', () => {
    const message = parse('SIP/2.0 183 Session Progress\nCSeq: 5 INVITE\n\n');
    assert.deepEqual([message?.status, message?.reason, message?.method], [183, 'Session Progress', 'INVITE']);
    assert.equal(parse('SIP/2.0 200\n\n')?.reason, '');
  });

  it('loses a header that was cut off, and nothing else', () => {
    const message = parse('INVITE sip:1@x SIP/2.0\nFrom: <sip:2@y>;tag=1\nCall-ID: abc', true);
    assert.equal(message?.fromTag, '1');
    assert.equal(message.callId, undefined);
    assert.equal(message.whole, false);
  });

  it('is no message when it does not begin like one', () => {
    for (const text of ['', '\n\n', 'hello', 'GET / HTTP/1.1\n\n', 'SIP/2.0 OK\n\n'])
      assert.equal(parse(text), undefined);
  });

  it('names the other party, quoted, escaped, bare or nameless', () => {
    const cases: [string, object][] = [
      ['"A \\"B\\" \\\\C" <sip:1@h>;tag=2', { number: '1', name: 'A "B" \\C', uri: 'sip:1@h' }],
      ['Two Words <sips:1@h:5061;transport=tls>', { number: '1', name: 'Two Words', uri: 'sips:1@h:5061' }],
      ['sip:1@h;tag=x', { number: '1', uri: 'sip:1@h' }],
      ['"" <sip:1@h>', { number: '1', uri: 'sip:1@h' }],
      ['"x <sip:evil@e>" <sip:1@h>', { number: '1', name: 'x <sip:evil@e>', uri: 'sip:1@h' }],
      ['<sip:1%40a:secret@h>', { number: '1%40a', uri: 'sip:1%40a@h' }],
      [
        '<tel:+49-30-12;phone-context=x>',
        { number: '+493012', phoneContext: 'x', uri: 'tel:+49-30-12;phone-context=x' },
      ],
      ['<sip:h.example>', { number: 'h.example', uri: 'sip:h.example' }],
      ['<sip:bad%zz%C3%A9%FF@h>', { number: 'bad%zz%C3%A9%EF%BF%BD', uri: 'sip:bad%25zz%C3%A9%EF%BF%BD@h' }],
      ['"\u202eevil\u0000\u200f\t" <sip:%0d%0a1@h>', { number: '1', name: 'evil', uri: 'sip:1@h' }],
      ['<sip:two%20words@h>', { number: 'two%20words', uri: 'sip:two%20words@h' }],
      ['<sip:%2B493012@h>', { number: '+493012', uri: 'sip:+493012@h' }],
      ['"open <sip:1@h>', { number: '1', name: '"open', uri: 'sip:1@h' }],
      ['', {}],
    ];
    for (const [header, party] of cases) assert.deepEqual(partyOf(header), party, header);
  });

  it('lists several addresses', () => {
    assert.deepEqual(splitList('"a, \\" b" <sip:1,2@h>, <sip:3@h> ,, x'), ['"a, \\" b" <sip:1,2@h>', '<sip:3@h>', 'x']);
  });

  it('reaches the other side as data, whatever a caller puts into a name', () => {
    const hidden = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 1000 }), fc.string({ unit: 'binary' }), (name, noise) => {
        const quoted = name.replace(/[\\"]/g, '\\$&');
        const party = partyOf(`"${quoted}" <sip:${encodeURIComponent(name.slice(0, 50)) || 'x'}@h>;tag=1`);
        assert.equal(party.name, shownText(name));
        assert.doesNotMatch(party.name ?? '', hidden);
        assert.doesNotMatch(JSON.stringify(partyOf(noise)).replaceAll('\\n', ''), hidden);
      }),
    );
    const commands = ['--kiosk', 'a & calc | b ^ c %PATH% > d < e', '"; DROP', 'A'.repeat(1000), "'`$(id)`'"];
    for (const text of commands) {
      const party = partyOf(`"${text.replace(/"/g, '\\"')}" <sip:${encodeURIComponent(text)}@h>`);
      assert.deepEqual([party.name, party.number], [shownText(text), printedUser(shownText(text) ?? '')]);
    }
  });
});
