import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { errorRecord, recordedError } from '../../../../src/phone/errors/error-record';
import { ERROR_REASONS } from '../../../../src/phone/errors/error-reasons';
import { ERROR_CODES, PhoneError } from '../../../../src/phone/errors/phone-error';
import { shownValue } from '../../../../src/phone/errors/shown-value';
import { troubleError } from '../../../../src/phone/errors/trouble-error';
import { ROOT } from '../../../support/checkout';

const overWire = (record: unknown): unknown => JSON.parse(JSON.stringify(record));

describe('a value in a sentence', () => {
  it('is one line that shows all it holds, and short', () => {
    assert.equal(shownValue('a\r\n\u202eb\u2028'), 'a\\u000d\\u000a\\u202eb\\u2028');
    assert.equal(shownValue('x'.repeat(1e6)).length, 101);
    assert.deepEqual([{}, [], Symbol('s'), null, 1n].map(shownValue), ['{…}', '[…]', 'Symbol(s)', 'null', '1']);
  });
});

describe('the error for what a look at MicroSIP found', () => {
  it('is a whole sentence for every code, without the values of a command', () => {
    for (const code of ERROR_CODES) {
      const error = troubleError(code);
      assert.equal(error.code, code);
      assert.doesNotMatch(error.message, /__/, code);
    }
    assert.match(troubleError('timeout').message, /does not respond/);
  });
});

describe('the record of an error', () => {
  for (const code of ERROR_CODES) {
    for (const reason of ERROR_REASONS[code]) {
      it(`brings error.${code}.${reason} as it was`, () => {
        const { key, ...record } = errorRecord(new PhoneError(...([code, reason] as ['config', 'default'])));
        const error = recordedError(overWire({ ...record, key }));
        assert.ok(error instanceof PhoneError);
        assert.deepEqual([error.code, error.reason, error.messageKey], [code, reason, key]);
      });
    }
  }

  it('brings the values of the sentence', () => {
    const error = new PhoneError('config', 'value', { name: 'timeout', value: 12 });
    const same = recordedError(overWire(errorRecord(error)));
    assert.deepEqual([same.message, same.params], [error.message, error.params]);
    assert.match(same.message, /timeout/);
  });

  it('is no longer than a sentence, whatever its values are', () => {
    const value = `\u202e${'x'.repeat(100_000)}`;
    const { message } = recordedError({ code: 'config', key: 'error.config.value', params: { name: 'a\nb', value } });
    assert.ok(message.length < 1000);
    assert.doesNotMatch(message, /[\n\u202e]/);
  });

  it('takes none but the values that the sentence has room for', () => {
    const params = { name: 'a', value: {}, lng: 'de', defaultValue: 'owned', toString: 'x' };
    const error = recordedError({ code: 'config', key: 'error.config.value', params });
    assert.deepEqual(error.params, { name: 'a', value: '…' });
  });

  for (const key of ['error.timeout.no_effect', 'error.config.__proto__', 'error.config', 'config.no_phone', 7, null]) {
    it(`says no more than the code with the key ${String(key)}, which is none of its own`, () => {
      const error = recordedError({ code: 'config', key, params: {} });
      assert.equal(error.messageKey, 'error.config.default');
    });
  }

  for (const record of [undefined, null, 'timeout', 7, [], {}, { code: 'toString' }, { code: ['config'] }]) {
    it(`is an error that nobody expected when it is ${record === undefined ? 'nothing' : JSON.stringify(record)}`, () => {
      assert.equal(recordedError(record).messageKey, 'error.config.internal');
    });
  }

  it('is never more than data', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...ERROR_CODES), fc.anything(), (params, code, key) => {
        for (const record of [params, { code, key, params }]) assert.ok(recordedError(record) instanceof PhoneError);
      }),
    );
  });
});

describe('the reasons of errors', () => {
  for (const language of readdirSync(join(ROOT, 'locales'))) {
    it(`have their sentences in ${language}, and there are no other`, () => {
      const text = readFileSync(join(ROOT, 'locales', language, 'common.json'), 'utf8');
      const { error } = JSON.parse(text) as { error: Record<string, object> };
      const sentences = Object.entries(error).map(([code, reasons]) => [code, Object.keys(reasons).sort()]);
      const reasons = Object.entries(ERROR_REASONS).map(([code, all]) => [code, [...all].sort()]);
      assert.deepEqual(Object.fromEntries(sentences), Object.fromEntries(reasons));
    });
  }
});
