import {
  LONGEST_NOTIFICATION,
  notificationOf,
  notificationOfStatus,
  type Notification,
  type TakenNotification,
} from '../../documented/notification';
import type { Handle } from '../api/user32';
import { windowCalls, type WindowProcedure } from '../api/window-class';

/** Programs look for a window of this class; it is hidden, and every phone has one of its own. */
export const NOTIFICATION_CLASS = 'NodeRED-MicroSIP';
const WM_COPYDATA = 0x004a;
/** wParam: the documented STATUS; lParam: a window of the sender, or 0. */
const WM_STATUS = 0x0400 + 100;
const TAKEN = 1;
const REFUSED = 0;

export interface NotificationWindowOptions {
  /** Whether messages of whoever owns this window are believed; 0: the sender does not say who it is. */
  accepts: (sender: Handle) => boolean;
  take: (taken: TakenNotification) => void;
}

/**
 * A hidden window that takes notifications of calls: WM_COPYDATA (any `dwData`, wParam a window of the sender) with the
 * UTF-8 text `event number`, and WM_USER+100 with a status. Answers 1 when the message was taken, else 0.
 *
 * The sender names its window itself. That keeps out other programs that send to every window of the class, not one that
 * lies; such a program runs as the same user and could as well give MicroSIP commands.
 *
 * For a thread that looks for messages. What happens in it may happen in the middle of another call of this thread.
 */
export class NotificationWindow {
  private readonly hwnd: Handle;
  private readonly procedure: bigint | undefined;

  constructor(private readonly options: NotificationWindowOptions) {
    const { create, subclass } = windowCalls();
    this.hwnd = create(NOTIFICATION_CLASS);
    // Without a window there are no notifications; everything else works.
    if (this.hwnd !== 0) this.procedure = subclass(this.hwnd, this.onMessage);
  }

  close(): void {
    if (this.procedure !== undefined) windowCalls().destroy(this.hwnd, this.procedure);
  }

  /** Called by Windows, where an error could go nowhere. */
  private readonly onMessage: WindowProcedure = (hwnd, message, wParam, lParam) => {
    try {
      const { keepingLastError, standard } = windowCalls();
      if (message !== WM_COPYDATA && message !== WM_STATUS) return standard(hwnd, message, wParam, lParam);
      return keepingLastError(() => this.onNotification(message, wParam, lParam));
    } catch {
      return REFUSED;
    }
  };

  private onNotification(message: number, wParam: number | bigint, lParam: number | bigint): number {
    const { accepts, take } = this.options;
    const isText = message === WM_COPYDATA;
    const sender = Number(isText ? wParam : lParam);
    // WM_COPYDATA has a place for the sender, so there is no reason to leave it out.
    if ((isText && sender === 0) || !accepts(sender)) {
      take({ refused: 'sender' });
      return REFUSED;
    }
    const notification = isText ? readText(lParam) : notificationOfStatus(Number(wParam));
    take(notification ?? { refused: 'malformed' });
    return notification ? TAKEN : REFUSED;
  }
}

function readText(address: number | bigint): Notification | undefined {
  const bytes = windowCalls().readCopyData(address, LONGEST_NOTIFICATION);
  return bytes && notificationOf(bytes);
}
