import { PhoneError } from '../../phone/errors/phone-error';
import { WindowTrouble } from '../window/window-reader';

/** Errors of the DDE management library (Microsoft's documentation of DdeGetLastError). */
export const DMLERR = {
  busy: 0x4001,
  data_ack_timeout: 0x4002,
  exec_ack_timeout: 0x4005,
  not_processed: 0x4009,
  no_conversation: 0x400a,
  post_failed: 0x400c,
  server_died: 0x400e,
} as const;

/** The conversation is over: the next transaction needs another one. */
export function endsConversation(error: number): boolean {
  return error === DMLERR.no_conversation || error === DMLERR.post_failed || error === DMLERR.server_died;
}

export function isTimeout(error: number): boolean {
  return error === DMLERR.data_ack_timeout || error === DMLERR.exec_ack_timeout;
}

/**
 * The error of ours for one of a transaction; one that came to nothing in time is the trouble of a server that hangs.
 * @param answersLine the command was a dial, so `busy` is about its line
 */
export function ddeError(error: number, answersLine: boolean): PhoneError | WindowTrouble {
  if (isTimeout(error)) return new WindowTrouble('hung');
  if (endsConversation(error)) return new PhoneError('not_running', 'no_dde_server');
  const isRefused = error === DMLERR.not_processed;
  // Not every library tells a server that is busy from one that does not take the command.
  if (answersLine && (error === DMLERR.busy || isRefused)) return new PhoneError('line_busy', 'peer');
  if (error === DMLERR.busy) return new PhoneError('not_ready');
  if (isRefused) return new PhoneError('unsupported', 'dde_refused');
  return new PhoneError('not_ready', 'dde_failed', { error: `0x${error.toString(16)}` });
}
