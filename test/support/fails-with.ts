import assert from 'node:assert/strict';
import { PhoneError, type ErrorCode } from '../../src/phone/errors/phone-error';

/** @param words what the sentence has to say */
export async function failsWith(code: ErrorCode, command: Promise<unknown>, words?: RegExp): Promise<void> {
  await assert.rejects(command, (error) => {
    assert.ok(error instanceof PhoneError, `not a PhoneError: ${String(error)}`);
    assert.equal(error.code, code, error.message);
    if (words) assert.match(error.message, words);
    return true;
  });
}
