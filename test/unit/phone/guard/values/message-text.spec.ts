import assert from 'node:assert/strict';
import fc from 'fast-check';
import { messageText } from '../../../../../src/phone/guard/values/message-text';
import { transferTarget } from '../../../../../src/phone/guard/targets/transfer-target';
import { PhoneError } from '../../../../../src/phone/errors/phone-error';
import { parseText, splitDialText } from '../../../../../src/simulator/commands/command-parser';
import { processorMs } from '../../../../support/processor-ms';

const fails = (code: string) => (error: unknown) => error instanceof PhoneError && error.code === code;

describe('text of an instant message', () => {
  it('is for MicroSIP nothing but the text of a message, or is refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('/account:1 x', 'x /hangupall', '"a"')),
        (text) => {
          let passed: string;
          try {
            passed = messageText(text);
          } catch (error) {
            assert.ok(error instanceof PhoneError);
            return;
          }
          const parsed = parseText(`1001 ${passed}`);
          if (parsed.kind !== 'dial') assert.fail(parsed.kind);
          const { number, message } = splitDialText(parsed.text) ?? {};
          assert.deepEqual([number, message], ['1001', passed]);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('is not what a program writes for a number that is none', () => {
    for (const value of [NaN, Infinity, -Infinity]) assert.throws(() => messageText(value), fails('config'));
    assert.equal(messageText(4711), '4711');
  });

  it('is refused at once when it is far too long, whatever it is made of', () => {
    const started = processorMs();
    assert.throws(() => messageText('\ud800'.repeat(40_000_000)), fails('refused'));
    assert.ok(processorMs() - started < 3000);
  });

  it('has no half characters, which not every way can pass on', () => {
    assert.equal(messageText('a\ud800b \udc00 \ud83d\ude00'), 'a\ufffdb \ufffd \ud83d\ude00');
  });

  it('is refused when MicroSIP would switch its account', () => {
    assert.throws(() => messageText('my /account:2'), fails('refused'));
    assert.throws(() => messageText(' '), fails('config'));
    assert.throws(() => messageText('a\u0000b'), fails('refused'));
    assert.equal(messageText(42), '42');
  });
});

describe('target of a transfer', () => {
  it('has no digits to send afterwards', () => {
    assert.equal(transferTarget('+49 30 123'), '+4930123');
    assert.throws(() => transferTarget('1001,,1'), fails('invalid_number'));
  });
});
