import type { Encoded, WindowOptions } from '../peer-window';
import { PhoneError, type ErrorCode, type ErrorParams } from '../../phone/errors/phone-error';
import type { TakenNotification } from '../../documented/notification';
import type { WindowSnapshot } from '../../microsip/window-snapshot';

export interface WorkerStart extends WindowOptions {
  /** Element 0 becomes 1 when the thread has to end at once, without another wait. */
  stop: SharedArrayBuffer;
}

export type Request =
  | { do: 'refresh'; id: number }
  /** `deadline` by `monotonicMs` */
  | { do: 'deliver'; id: number; encoded: Encoded; deadline: number; timeout: number };

export type Report =
  /** The thread can be woken from now on. */
  | { type: 'running'; threadId: number }
  | { type: 'snapshot'; snapshot: WindowSnapshot }
  | { type: 'answer'; id: number; failure?: Failure }
  | { type: 'notification'; taken: TakenNotification }
  /** The thread cannot do its work at all. */
  | { type: 'unable'; failure: Failure };

/** A `PhoneError` on its way between threads, which would strip it of its class. */
export interface Failure {
  code: ErrorCode;
  reason: string;
  params: ErrorParams;
}

export function packError(error: PhoneError): Failure {
  const reason = error.messageKey.split('.').at(-1) ?? 'default';
  return { code: error.code, reason, params: error.params };
}

export function unpackError({ code, reason, params }: Failure): PhoneError {
  return new PhoneError(code, reason, params);
}
