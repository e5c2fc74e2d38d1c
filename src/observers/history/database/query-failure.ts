import { PhoneError } from '../../../phone/errors/phone-error';
import { LaterError } from '../rows/history-row';
import { SchemaError, SlowError } from './call-log-query';

/** Primary result codes (https://www.sqlite.org/rescode.html). */
const SQLITE_ERROR = 1;
const DAMAGED = new Set([11, 18, 26]);

/** What it means that a question to a call history failed. */
export function queryFailure(error: unknown, path: string): PhoneError | LaterError {
  if (error instanceof SlowError) return slowHistory(path);
  const { message, errcode } = error as Error & { errcode?: number };
  // The upper bits tell details.
  const code = errcode === undefined ? undefined : errcode & 0xff;
  if (error instanceof SchemaError || code === SQLITE_ERROR)
    return new PhoneError('unsupported', 'history_schema', { path, why: message });
  if (code !== undefined && DAMAGED.has(code)) return damagedHistory(path);
  // Locked by a write, or a crash has left a journal that only a writer may roll back: MicroSIP does at its next start.
  return new LaterError(message);
}

export function damagedHistory(path: string): PhoneError {
  return new PhoneError('unsupported', 'history_damaged', { path });
}

export function slowHistory(path: string): PhoneError {
  return new PhoneError('unsupported', 'history_slow', { path });
}
