import type { Encoded } from '../peer-window';
import type { Handle } from '../api/user32';
import type { Budget } from '../window/budget';

/** One MicroSIP, or a program that speaks like one, as the thread of its phone deals with it. */
export interface PeerWatch {
  /** Signalled when the peer has ended; 0 when there is none. */
  readonly process: Handle;
  /** The process that `process` stands for has ended. */
  processEnded(): void;
  /**
   * Keeps what was created just now from being lost until the next look.
   * @returns whether a look would find a call of which nobody was told
   */
  notice?(): boolean;
  /**
   * Looks now and reports what is new.
   * @param casually nothing says that there is anything new
   */
  look(casually: boolean): void;
  /**
   * @throws WindowTrouble `hung` when it was not taken in time: how long that was is known to who asked
   * @throws PhoneError as for `Link.deliver`, but for its `timeout`
   */
  deliver(encoded: Encoded, budget: Budget): void;
  /**
   * Whether a window belongs to the program that this phone is about.
   * @param hwnd 0: it is not known whose it is; believed only while the program runs
   */
  isPhone(hwnd: Handle): boolean;
  close(): void;
}
