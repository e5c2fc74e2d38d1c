import { user32, type Handle } from '../api/user32';
import { askText, styleOf, titleOf, WindowTrouble } from './window-reader';
import { classOf, DIALOG_CLASS, ownerOf, processOf, windowsOfClass } from './window-search';

const WS_VISIBLE = 0x1000_0000;
const WS_DISABLED = 0x0800_0000;
const GW_ENABLEDPOPUP = 6;
/** All that a task dialog shows is within this one child, and has no window of its own. */
const TASK_DIALOG_CONTENT = 'DirectUIHWND';
/** What message boxes are made of; other dialogs have at least one field of another kind. */
const BOX_PARTS = ['Static', 'Button', 'SysLink', 'msctls_progress32'];
/** The text of a message box. */
const MESSAGE = 0xffff;
/** ms; a box that cannot say within it what it is about is told by its title alone. */
const LONGEST_READ = 100;
/**
 * What MicroSIP's other boxes without a window are about: its ini, which they name with its path, and its database, whose
 * texts are not translated (docs/microsip/further.md#I).
 */
const ABOUT_FILES = /[\\/]|sqlite|database|disk/i;

/** A box that waits until somebody clicks. */
export interface WaitingBox {
  /** May be empty. */
  title: string;
}

/**
 * The box of a MicroSIP that waits for a click: it has its owner disabled, or no owner at all. Modeless dialogs leave
 * their owner enabled, and popup menus are of another class. Does not wait for MicroSIP.
 * @param dialogs windows of the class of dialogs, topmost first
 * @param isKnown one that is no box: the messages window, a ringing window
 * @param before the boxes that were seen before; is kept up to date
 */
export function waitingBox(
  main: Handle,
  pid: number,
  dialogs: readonly Handle[],
  isKnown: (hwnd: Handle) => boolean,
  before: Set<Handle>,
): WaitingBox | undefined {
  const own = dialogs.filter((hwnd) => isInTheWay(hwnd) && processOf(hwnd) === pid && !isKnown(hwnd));
  for (const hwnd of before) if (!own.includes(hwnd)) before.delete(hwnd);
  // Of two boxes the one that is closed first may free the owner of both.
  const modal = own.filter((hwnd) => isDisabled(ownerOf(hwnd)) || before.has(hwnd));
  const likely = modal.find(looksLikeBox);
  if (likely !== undefined) before.add(likely);
  const box = likely ?? modal[0] ?? own.find(isBoxWithoutOwner) ?? popupOf(main, pid);
  return box === undefined || isKnown(box) ? undefined : { title: titleOf(box) };
}

/** A box of a process that has no main window. May wait for a moment. */
export function boxWithoutPhone(pid: number): (WaitingBox & { expired: boolean }) | undefined {
  const dialogs = windowsOfClass(0, DIALOG_CLASS).filter((hwnd) => isInTheWay(hwnd) && processOf(hwnd) === pid);
  const box = dialogs.find(isBoxWithoutOwner);
  return box === undefined ? undefined : { title: titleOf(box), expired: !ABOUT_FILES.test(messageOf(box)) };
}

function isBoxWithoutOwner(hwnd: Handle): boolean {
  return ownerOf(hwnd) === 0 && looksLikeBox(hwnd);
}

/** One of another class, as the owner's own link names it. */
function popupOf(main: Handle, pid: number): Handle | undefined {
  if (!isDisabled(main)) return undefined;
  const popup = user32().GetWindow(main, GW_ENABLEDPOPUP);
  return popup !== 0 && popup !== main && isInTheWay(popup) && processOf(popup) === pid ? popup : undefined;
}

function isInTheWay(hwnd: Handle): boolean {
  return (styleOf(hwnd) & (WS_VISIBLE | WS_DISABLED)) === WS_VISIBLE;
}

function isDisabled(hwnd: Handle): boolean {
  return (styleOf(hwnd) & WS_DISABLED) !== 0;
}

function looksLikeBox(hwnd: Handle): boolean {
  const parts = childrenOf(hwnd).map(classOf);
  return parts.includes(TASK_DIALOG_CONTENT) || (parts.length > 0 && parts.every((part) => BOX_PARTS.includes(part)));
}

function childrenOf(parent: Handle): Handle[] {
  return windowsOfClass(parent, null);
}

function messageOf(box: Handle): string {
  const message = user32().GetDlgItem(box, MESSAGE);
  if (message === 0) return '';
  try {
    return askText(message, LONGEST_READ);
  } catch (error) {
    if (error instanceof WindowTrouble) return '';
    throw error;
  }
}
