import type { RingWindow } from '../../microsip/window-snapshot';
import type { WindowSigns } from './window-signs';

/** One look at a MicroSIP that is ready, for those who follow its calls. */
export interface Look {
  /** ms since 1970 */
  readonly time: number;
  readonly pid: number;
  readonly signs: WindowSigns;
  readonly rings: readonly RingWindow[];
  /** They rang since the look before. */
  readonly glimpsed: readonly RingWindow[];
  /** There are ringing windows, too, that have not told yet who calls. */
  readonly untold: boolean;
  /** MicroSIP was seen to take several calls at once. */
  readonly multi: boolean;
  /** The status bar shows what it shows when there is no call. */
  readonly idle: boolean;
  /** A text that this phone has dialled, which MicroSIP shows for want of a name. */
  wasDialled(text: string): boolean;
  /** Something can only be decided after this time (ms). */
  lookAgainIn(ms: number): void;
}

/** A ringing window that vanished is not missed before this time (ms): its call may be just about to be answered. */
export const SETTLE = 60;
/** The status bar counts confirmed calls once a second, and says something else in between when a call ends. */
export const COUNT_SETTLE = 1500;
