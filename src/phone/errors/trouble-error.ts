import { recordedError } from './error-record';
import { PhoneError, type ErrorCode } from './phone-error';

/**
 * The error for what a look at MicroSIP found: no command was on its way that could tell more.
 * @param connection of the phone: where no MicroSIP is looked for, none is missing
 */
export function troubleError(code: ErrorCode, connection?: string): PhoneError {
  if (code === 'timeout') return new PhoneError(code, 'hung');
  return connection === 'dde' && code === 'not_running'
    ? new PhoneError(code, 'no_dde_server')
    : recordedError({ code });
}
