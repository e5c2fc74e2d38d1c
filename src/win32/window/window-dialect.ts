import type { Encoded } from '../peer-window';
import type { Budget } from './budget';
import type { Presence } from '../../phone/ports/observation';
import type { Handle } from '../api/user32';
import type { WindowSnapshot } from '../../microsip/window-snapshot';

/** What only this kind of peer shows. */
export type Contents = Omit<
  WindowSnapshot,
  'time' | 'presence' | 'problem' | 'pid' | 'startedAt' | 'hwnd' | 'program' | 'version'
>;

export interface SeenWindow {
  presence: Extract<Presence, 'ready' | 'starting'>;
  contents: Contents;
}

/** How to talk to one main window that was found. */
export interface WindowDialect {
  /**
   * @param casually nothing says that there is anything new
   * @throws WindowTrouble
   */
  look(casually?: boolean): SeenWindow;
  /** The box that waits for a click; does not wait for the peer, so that it can be had also while that hangs. */
  box?(): WindowSnapshot['box'];
  /**
   * These windows were created just now, and may be gone soon. Waits only for a short time.
   * @returns whether a look would find a call of which nobody was told
   */
  notice?(created: readonly Handle[]): boolean;
  /**
   * @throws WindowTrouble
   * @throws PhoneError as for `Link.deliver`
   */
  deliver(encoded: Encoded, budget: Budget): void;
}
