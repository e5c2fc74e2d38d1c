import type { Encoded, WindowOptions } from '../peer-window';
import type { ErrorRecord } from '../../phone/errors/error-record';
import type { TakenNotification } from '../../documented/notification';
import type { WindowSnapshot } from '../../microsip/window-snapshot';

export interface WorkerStart extends WindowOptions {
  /** Element 0 becomes 1 when the thread has to end at once, without another wait. */
  stop: SharedArrayBuffer;
}

export type Request =
  | { do: 'refresh'; id: number }
  /** `deadline` by `monotonicMs` */
  | { do: 'deliver'; id: number; encoded: Encoded; deadline: number };

/** `late`: not taken in time. How long that was is known to who asked, who makes the sentence. */
export type Failure = ErrorRecord | 'late';

export type Report =
  /** The thread can be woken from now on. */
  | { type: 'running'; threadId: number }
  | { type: 'snapshot'; snapshot: WindowSnapshot }
  | { type: 'answer'; id: number; failure?: Failure }
  | { type: 'notification'; taken: TakenNotification }
  /** The thread cannot do its work at all. */
  | { type: 'unable'; failure: ErrorRecord };
