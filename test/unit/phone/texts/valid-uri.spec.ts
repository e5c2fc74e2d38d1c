import assert from 'node:assert/strict';
import fc from 'fast-check';
import { validUri } from '../../../../src/phone/texts/valid-uri';

describe('address of a caller', () => {
  for (const [text, uri] of [
    ['sip:1001@pbx.example.org', 'sip:1001@pbx.example.org'],
    ['SIPS:1001@pbx:5061;transport=tls', 'sips:1001@pbx:5061;transport=tls'],
    ['sip:pbx.example.org', 'sip:pbx.example.org'],
    ['sip:1001@[2001:db8::1]:5060', 'sip:1001@[2001:db8::1]:5060'],
    ['sip:two words@h', 'sip:two%20words@h'],
    ['sip:two%20words@h', 'sip:two%20words@h'],
    ['sip:Jürgen@h', 'sip:J%C3%BCrgen@h'],
    ['sip:100%@h', 'sip:100%25@h'],
    ['sip:a@b@h', 'sip:a%40b@h'],
    ['sip:"<x>"@h', 'sip:%22%3Cx%3E%22@h'],
    ['sip:+1\u202e5145550100;verstat=No-TN-Validation@h', 'sip:+15145550100;verstat=No-TN-Validation@h'],
    ['sip:ada:secret@h', 'sip:ada@h'],
    ['sip:1@h;x="y z"', 'sip:1@h'],
    ['sip:1@h;x=%zz', 'sip:1@h'],
    [`sip:1@h;x=${'y'.repeat(300)}`, 'sip:1@h'],
    ['sip:@h', 'sip:h'],
    ['tel:+49-30-123456', 'tel:+49-30-123456'],
    ['tel:030123456;phone-context=+49', 'tel:030123456;phone-context=+49'],
    ['tel:030 123', undefined],
    ['tel:', undefined],
    ['1001@h', undefined],
    ['http://h', undefined],
    ['javascript:alert(1)', undefined],
    ['sip:1@h\r\nVia: x', undefined],
    ['sip:1@h ost', undefined],
    ['sip:1@-error', undefined],
    ['sip:1@', undefined],
    ['sip:', undefined],
    ['', undefined],
    [undefined, undefined],
    [`sip:${'1'.repeat(300)}@h`, undefined],
    [`sip:1@${'h'.repeat(300)}`, undefined],
  ] as const) {
    it(`${text?.slice(0, 60) ?? 'nothing'} is ${uri?.slice(0, 60) ?? 'none'}`, () => {
      assert.equal(validUri(text), uri);
    });
  }

  it('is a URI or none, and the same when it is looked at again', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('1001', 'h', '%41', '%', ':', ';'),
    );
    fc.assert(
      fc.property(fc.constantFrom('sip:', 'sips:', 'tel:', ''), part, part, (scheme, user, host) => {
        const uri = validUri(`${scheme}${user}@${host}`);
        if (uri === undefined) return;
        assert.match(uri, /^(?:sips?|tel):(?:[\w\-.~!$&'()*+,;=:@/?[\]#]|%[0-9A-Fa-f]{2})+$/);
        assert.ok(uri.length <= 255);
        assert.doesNotThrow(() => new URL(uri));
        assert.equal(validUri(uri), uri);
      }),
      { numRuns: 2000 },
    );
  });
});
