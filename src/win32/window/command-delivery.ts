import type { AppEncoded, FeatureSwitch, MenuChoice, MicrosipEncoded, TabEnd } from '../../microsip/microsip-encoded';
import { endsMembersAlone, exitsByCommand, queuedDelivery, type Version } from '../../microsip/microsip-protocol';
import { PhoneError } from '../../phone/errors/phone-error';
import { kernel32 } from '../api/kernel32';
import type { Budget } from './budget';
import { setSwitch } from './feature-switches';
import type { MicrosipWindows } from './microsip-windows';
import { user32, type Handle } from '../api/user32';
import { ping, sendCommandText, styleOf } from './window-reader';

const WM_CLOSE = 0x0010;
const WM_COMMAND = 0x0111;
/** The menu command of 3.22.16 (docs/microsip/3.22.16.md#1). */
const EXIT_COMMAND = 32784;
/** Button of the messages window (docs/microsip/interface.md#7.4). */
const END_BUTTON = 1055;
/** Menu commands of the messages window; they need no menu to be open (docs/microsip/further.md#B.1). */
const HANG_UP_SELECTED = 32797;
const MERGE_ALL = 32807;
const SEPARATE = 32795;
const WS_MINIMIZE = 0x2000_0000;
const SW_SHOW = 5;
const SW_RESTORE = 9;
const BN_CLICKED = 0;
const ERROR_ACCESS_DENIED = 5;
/** dwData of WM_COPYDATA (docs/microsip/interface.md#2.1) */
const AT_ONCE = 1;
const QUEUED = 2;

export interface Receiver {
  hwnd: Handle;
  version: Version;
  windows: Pick<MicrosipWindows, 'findDialer' | 'findRing' | 'findTab' | 'isRung' | 'mergesCalls'>;
}

/**
 * Hands a command to MicroSIP.
 * @throws WindowTrouble
 * @throws PhoneError `not_ready`, `access_denied`, `no_call`, `unsupported`
 */
export function deliver(to: Receiver, encoded: MicrosipEncoded, budget: Budget): void {
  if (!isReady(to.hwnd, budget())) throw new PhoneError('not_ready');
  // Whoever gave it may have given it up while MicroSIP hung.
  budget();
  if ('ring' in encoded) clickRing(to, encoded);
  else if ('feature' in encoded) setFeature(to, encoded, budget);
  else if ('menu' in encoded) chooseFromMenu(to, encoded, budget);
  else if ('tab' in encoded) endTab(to, encoded, budget);
  else sendText(to, encoded.text, budget());
}

/**
 * Does what MicroSIP's own program does when it is started once more: with `/exit`, or without anything
 * (docs/microsip/interface.md#1, docs/microsip/3.22.16.md#1). What is posted to a MicroSIP that hangs would be done
 * some time later, so it is asked for an answer first.
 * @throws WindowTrouble
 * @throws PhoneError `access_denied`, `not_running`
 */
export function deliverToProgram(to: Pick<Receiver, 'hwnd' | 'version'>, { app }: AppEncoded, budget: Budget): void {
  ping(to.hwnd, budget());
  budget();
  if (app === 'exit') endProgram(to);
  else if (app === 'show') showWindow(to.hwnd);
}

/** Whether MicroSIP takes commands: an empty text has no effect (docs/microsip/interface.md#2.1). */
export function isReady(hwnd: Handle, ms: number): boolean {
  return sendCommandText(hwnd, AT_ONCE, '', ms) === 0;
}

function sendText({ hwnd, version }: Receiver, text: string, ms: number): void {
  const how = queuedDelivery(version) ? QUEUED : AT_ONCE;
  if (sendCommandText(hwnd, how, text, ms) !== 0) throw new PhoneError('not_ready');
}

/** Posted, not sent: what the button does may run a hook program and take as long as that. */
function clickRing({ windows }: Receiver, { ring, button }: Extract<MicrosipEncoded, { ring: string }>): void {
  const hwnd = windows.findRing(ring);
  const control = hwnd === undefined ? 0 : user32().GetDlgItem(hwnd, button);
  if (hwnd === undefined || control === 0) throw new PhoneError('no_call', 'ended');
  post(hwnd, (BN_CLICKED << 16) | button, control);
}

/**
 * End is a button of the messages window, and ends a whole conference, which may have been made by hand and shows nowhere.
 * The other is a command of its menu, which ends the selected call alone.
 */
function endTab({ windows, version }: Receiver, { tab, conference }: TabEnd, budget: Budget): void {
  const hwnd = windows.findTab(tab, budget);
  if (hwnd === undefined) throw new PhoneError('unsupported', 'not_selected');
  const alone = endsMembersAlone(version);
  if (!alone && (conference || windows.mergesCalls(budget))) throw new PhoneError('unsupported', 'one_of_many');
  if (alone) post(hwnd, HANG_UP_SELECTED, 0);
  else post(hwnd, (BN_CLICKED << 16) | END_BUTTON, user32().GetDlgItem(hwnd, END_BUTTON));
}

/** A call that rings would be taken into the conference before anybody has answered it. */
function chooseFromMenu({ windows }: Receiver, { menu, selected }: MenuChoice, budget: Budget): void {
  const hwnd = windows.findTab(selected, budget);
  if (hwnd === undefined) throw new PhoneError('unsupported', 'not_selected');
  if (menu === 'merge' && windows.isRung()) throw new PhoneError('unsupported', 'unanswered_call');
  post(hwnd, menu === 'merge' ? MERGE_ALL : SEPARATE, 0);
}

function post(hwnd: Handle, wParam: number, control: Handle): void {
  const { PostMessageW } = user32();
  const { GetLastError } = kernel32();
  if (PostMessageW(hwnd, WM_COMMAND, wParam, control) !== 0) return;
  throw GetLastError() === ERROR_ACCESS_DENIED ? new PhoneError('access_denied') : new PhoneError('no_call', 'ended');
}

function setFeature({ windows }: Receiver, encoded: FeatureSwitch, budget: Budget): void {
  const { tab } = encoded;
  if (tab !== undefined && windows.findTab(tab, budget) === undefined) {
    throw new PhoneError('unsupported', 'not_selected');
  }
  setSwitch(windows.findDialer(), encoded, budget);
}

function endProgram({ hwnd, version }: Pick<Receiver, 'hwnd' | 'version'>): void {
  const { GetLastError } = kernel32();
  const { PostMessageW } = user32();
  const posted = exitsByCommand(version)
    ? PostMessageW(hwnd, WM_COMMAND, EXIT_COMMAND, 0)
    : PostMessageW(hwnd, WM_CLOSE, 0, 0);
  if (posted !== 0) return;
  throw new PhoneError(GetLastError() === ERROR_ACCESS_DENIED ? 'access_denied' : 'not_running');
}

/** Windows decides whether it comes to the front: a program in the background may only have it blink in the taskbar. */
function showWindow(hwnd: Handle): void {
  const { SetForegroundWindow, ShowWindowAsync } = user32();
  const { GetLastError } = kernel32();
  const how = (styleOf(hwnd) & WS_MINIMIZE) !== 0 ? SW_RESTORE : SW_SHOW;
  if (ShowWindowAsync(hwnd, how) === 0 && GetLastError() === ERROR_ACCESS_DENIED) throw new PhoneError('access_denied');
  SetForegroundWindow(hwnd);
}
