import type { Encoded } from '../peer-window';
import type { Handle } from '../api/user32';

/** One MicroSIP, or a program that speaks like one, as the thread of its phone deals with it. */
export interface PeerWatch {
  /** Signalled when the peer has ended; 0 when there is none. */
  readonly process: Handle;
  /** The process that `process` stands for has ended. */
  processEnded(): void;
  /** Keeps what was created just now from being lost until the next look. */
  notice?(): void;
  /** Looks now and reports what is new. */
  look(): void;
  /**
   * @param deadline by `monotonicMs`
   * @param timeout ms that the command was given in all
   * @throws PhoneError as for `Link.deliver`
   */
  deliver(encoded: Encoded, deadline: number, timeout: number): void;
  /**
   * Whether a window belongs to the program that this phone is about.
   * @param hwnd 0: it is not known whose it is; believed only while the program runs
   */
  isPhone(hwnd: Handle): boolean;
  close(): void;
}
