import { PhoneError } from '../../../phone/errors/phone-error';
import { LaterError } from '../rows/history-row';

const NOT_THERE = new Set(['ENOENT', 'ENOTDIR']);
const NOT_ALLOWED = new Set(['EACCES', 'EPERM']);

/**
 * Goes on when a file could not be opened because there is none.
 * @throws PhoneError `access_denied`, or LaterError when somebody else holds the file
 */
export function requireNotThere(error: unknown, path: string): void {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (NOT_THERE.has(code)) return;
  if (NOT_ALLOWED.has(code)) throw new PhoneError('access_denied', 'history', { path });
  throw new LaterError(message);
}
