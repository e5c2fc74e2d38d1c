import { kernel32 } from '../api/kernel32';
import { user32, type CopyData, type Handle, type LargeOut } from '../api/user32';
import { readWideText, wideText } from '../api/wide-text';

/** SMTO_NORMAL: the hook listeners of this thread may be called meanwhile, they only set a mark. */
const SMTO_ABORTIFHUNG = 0x2;
const SMTO_ERRORONEXIT = 0x20;
const FLAGS = SMTO_ABORTIFHUNG | SMTO_ERRORONEXIT;
const ERROR_ACCESS_DENIED = 5;
const ERROR_INVALID_WINDOW_HANDLE = 1400;
const WM_NULL = 0x0000;
const WM_GETTEXT = 0x000d;
const WM_COPYDATA = 0x004a;
const BM_GETCHECK = 0x00f0;
const BM_SETCHECK = 0x00f1;
const TBM_GETPOS = 0x0400;
const TCM_GETCURSEL = 0x130b;
const GWL_STYLE = -16;
const LONGEST_TEXT = 8192;

export type Trouble = 'hung' | 'gone' | 'denied';

/** A window did not answer. */
export class WindowTrouble extends Error {
  override readonly name = 'WindowTrouble';

  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

const textBuffer = Buffer.alloc(LONGEST_TEXT * 2);

/**
 * Asks a window for its text. Waits for its thread.
 * @throws WindowTrouble
 */
export function askText(hwnd: Handle, ms: number): string {
  textBuffer.writeUInt16LE(0, 0);
  const length = check(hwnd, (out) => user32().sendBuffer(hwnd, WM_GETTEXT, LONGEST_TEXT, textBuffer, FLAGS, ms, out));
  // MicroSIP's status bar counts the NUL too (docs/microsip/interface.md#7.1), so the NUL decides.
  return readWideText(textBuffer.subarray(0, Math.min(Math.max(length, 0), LONGEST_TEXT) * 2));
}

/**
 * Asks a window for nothing but an answer.
 * @throws WindowTrouble
 */
export function ping(hwnd: Handle, ms: number): void {
  check(hwnd, (out) => user32().sendNumber(hwnd, WM_NULL, 0, 0, FLAGS, ms, out));
}

/**
 * Asks a tab control which tab is selected.
 * @throws WindowTrouble
 */
export function askSelectedTab(hwnd: Handle, ms: number): number {
  return check(hwnd, (out) => user32().sendNumber(hwnd, TCM_GETCURSEL, 0, 0, FLAGS, ms, out));
}

/** @throws WindowTrouble */
export function askChecked(hwnd: Handle, ms: number): boolean {
  return check(hwnd, (out) => user32().sendNumber(hwnd, BM_GETCHECK, 0, 0, FLAGS, ms, out)) === 1;
}

/**
 * Changes what a button shows, and what it answers when it is asked.
 * @throws WindowTrouble
 */
export function setChecked(hwnd: Handle, checked: boolean, ms: number): void {
  check(hwnd, (out) => user32().sendNumber(hwnd, BM_SETCHECK, checked ? 1 : 0, 0, FLAGS, ms, out));
}

/**
 * Asks a trackbar for its position.
 * @throws WindowTrouble
 */
export function askPosition(hwnd: Handle, ms: number): number {
  return check(hwnd, (out) => user32().sendNumber(hwnd, TBM_GETPOS, 0, 0, FLAGS, ms, out));
}

/**
 * Sends WM_COPYDATA with a text (docs/microsip/interface.md#2.1).
 * @returns MicroSIP's answer: 0 taken, 1 its SIP stack is not ready
 * @throws WindowTrouble
 */
export function sendCommandText(hwnd: Handle, dwData: number, text: string, ms: number): number {
  return sendBytes(hwnd, dwData, wideText(text), ms);
}

/**
 * Sends WM_COPYDATA.
 * @returns the answer, without sign; as wide as a pointer
 * @throws WindowTrouble
 */
export function sendBytes(hwnd: Handle, dwData: number, lpData: Buffer, ms: number): number {
  const data: CopyData = { dwData, cbData: lpData.length, lpData };
  return check(hwnd, (out) => user32().sendCopyData(hwnd, WM_COPYDATA, 0, data, FLAGS, ms, out));
}

/** The style bits; does not wait for the window. 0 for a window that does not exist. */
export function styleOf(hwnd: Handle): number {
  return hwnd === 0 ? 0 : user32().GetWindowLongW(hwnd, GWL_STYLE);
}

/** The title of a top-level window of any process, from Windows itself; does not wait for the window. */
export function titleOf(hwnd: Handle): string {
  const length = user32().GetWindowTextW(hwnd, textBuffer, LONGEST_TEXT);
  return textBuffer.toString('utf16le', 0, length * 2);
}

function check(hwnd: Handle, send: (out: LargeOut) => number): number {
  const out: LargeOut = [0];
  // Had before the call: getting it loads a library, which would overwrite the error.
  const { GetLastError } = kernel32();
  if (send(out) !== 0) return Number(out[0]);
  throw new WindowTrouble(troubleOf(hwnd, GetLastError()));
}

/**
 * A window that hangs gives a time-out or, given up early, no error at all. One that is destroyed meanwhile may give any
 * error, under Wine "access denied".
 */
function troubleOf(hwnd: Handle, error: number): Trouble {
  if (error === ERROR_INVALID_WINDOW_HANDLE || user32().IsWindow(hwnd) === 0) return 'gone';
  return error === ERROR_ACCESS_DENIED ? 'denied' : 'hung';
}
