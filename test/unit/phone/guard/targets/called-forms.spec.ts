import assert from 'node:assert/strict';
import { checkedCommand } from '../../../../../src/phone/commands/command-check';
import { checkRules, compilePatterns } from '../../../../../src/phone/guard/rules/dial-rules';
import { calledForms } from '../../../../../src/phone/guard/targets/called-forms';
import { dialTarget } from '../../../../../src/phone/guard/targets/dial-target';
import { dialFormatter } from '../../../../../src/phone/numbers/dial-format';
import { PhoneError } from '../../../../../src/phone/errors/phone-error';

const refused = (error: unknown): boolean => error instanceof PhoneError && error.code === 'refused';

function check(input: string, { allow = [], deny = [], prefix = '' }: Rules): void {
  checkRules(dialTarget(input), { allow: compilePatterns(allow), deny: compilePatterns(deny) }, { prefix });
}

interface Rules {
  allow?: string[];
  deny?: string[];
  prefix?: string;
}

describe('what the rules of a phone are asked about', () => {
  it('is the number, behind the prefix that MicroSIP puts before it, and as typed', () => {
    assert.deepEqual(calledForms('+4930123,,5', { prefix: '00' }), {
      called: '004930123',
      all: ['004930123', '+4930123'],
    });
    assert.equal(calledForms('112', { prefix: '0' }).called, '112');
    assert.equal(calledForms('alice', { prefix: '0' }).called, 'alice');
    assert.equal(calledForms('1001@example.org', { prefix: '0' }).called, '1001@example.org');
  });

  const DENIED: [string, string, string?][] = [
    ['112@example.org', '^112$'],
    ['sip:112@example.org:5070', '^112$'],
    ['sip:%31%31%32@example.org', '^112$'],
    ['1-1-2@example.org', '^112$'],
    ['+49-900-123@example.org', '^\\+49900'],
    ['tel:900-123;phone-context=+49', '^\\+49900'],
    ['１１２', '^112$'],
    ['1\u200e1\u200e2', '^112$'],
    ['alice@EVIL.example', '@evil\\.example$'],
    ['alice@evil.example', '@Evil\\.Example$'],
    ['alice@EVIL.example', '@EVIL\\.'],
    ['alice@evil.example:5060', '@evil\\.example$'],
    ['900123456', '^0900', '0'],
    ['+49900123456', '^0049900', '00'],
    ['+49900123456', '^\\+49900', '00'],
  ];
  for (const [input, deny, prefix] of DENIED)
    it(`does not call ${JSON.stringify(input)} where ${deny} is denied`, () => {
      assert.throws(() => {
        check(input, { deny: [deny], ...(prefix !== undefined && { prefix }) });
      }, refused);
    });

  it('lets no harmless user part open the way to another server', () => {
    assert.throws(() => {
      check('1001@evil.example', { allow: ['^1\\d{3}$'] });
    }, refused);
    check('1001@pbx.example', { allow: ['^1\\d{3}(@pbx\\.example)?$'] });
    check('+4930123456@pbx.example', { allow: ['^\\+49'] });
  });

  const REWRITTEN = [
    ['0900 1 234567', 'e164', '^0900'],
    ['0900 1 234567', 'e164', '^\\+49900'],
    ['+49 900 1 234567', 'national', '^\\+49900'],
    ['+49 900 1 234567', 'national', '^0900'],
  ] as const;
  for (const [number, format, deny] of REWRITTEN)
    it(`does not call ${number} in its form ${format} where ${deny} is denied`, () => {
      const dial = (entries: string[]): unknown =>
        checkedCommand(
          { type: 'dial', number, format },
          { rules: { allow: [], deny: compilePatterns(entries) }, format: dialFormatter('DE') },
        );
      dial([]);
      assert.throws(() => dial([deny]), refused);
    });

  it('takes hosts in whatever letters a rule has them', () => {
    check('1001@PBX.example', { allow: ['^1001@PBX\\.example$'] });
    check('Alice@pbx.example', { deny: ['^alice$', '[^A-Za-z@.]'] });
    assert.throws(() => {
      check('a@b.example', { deny: ['^[^B-Z]+@'] });
    }, refused);
  });

  it('lets no number pass as a colleague that goes outside by the prefix', () => {
    assert.throws(() => {
      check('1001', { allow: ['^1\\d{3}$'], prefix: '9' });
    }, refused);
    check('+4930123456', { allow: ['^0049'], prefix: '00' });
  });
});
