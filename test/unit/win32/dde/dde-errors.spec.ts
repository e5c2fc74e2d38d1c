import assert from 'node:assert/strict';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import { ddeError, DMLERR, endsConversation, isTimeout } from '../../../../src/win32/dde/dde-errors';

const ROWS: [keyof typeof DMLERR, boolean, string][] = [
  ['busy', true, 'error.line_busy.peer'],
  ['busy', false, 'error.not_ready.default'],
  ['not_processed', true, 'error.line_busy.peer'],
  ['not_processed', false, 'error.unsupported.dde_refused'],
  ['data_ack_timeout', false, 'hung'],
  ['exec_ack_timeout', true, 'hung'],
  ['no_conversation', false, 'error.not_running.no_dde_server'],
  ['post_failed', true, 'error.not_running.no_dde_server'],
  ['server_died', false, 'error.not_running.no_dde_server'],
];

describe('errors of DDE', () => {
  for (const [name, isDial, key] of ROWS)
    it(`${name}${isDial ? ' of a dial' : ''}: ${key}`, () => {
      const error = ddeError(DMLERR[name], isDial);
      assert.equal(error instanceof PhoneError ? error.messageKey : error.trouble, key);
    });

  it('any other is one of the moment, and names its number', () => {
    const error = ddeError(0x4007, false);
    assert.ok(error instanceof PhoneError);
    assert.equal(error.code, 'not_ready');
    assert.match(error.message, /0x4007/);
  });

  it('tell whether the conversation is over, or only late', () => {
    assert.deepEqual(Object.values(DMLERR).filter(endsConversation), [
      DMLERR.no_conversation,
      DMLERR.post_failed,
      DMLERR.server_died,
    ]);
    assert.deepEqual(Object.values(DMLERR).filter(isTimeout), [DMLERR.data_ack_timeout, DMLERR.exec_ack_timeout]);
  });
});
