import type { MicrosipEncoded } from '../links/encoded';
import { queuedDelivery, type Version } from '../links/microsip-protocol';
import { PhoneError } from '../phone/phone-error';
import { kernel32 } from './kernel32';
import { monotonicMs } from './monotonic-ms';
import { user32, type Handle } from './user32';
import { sendCommandText, WindowTrouble, type Trouble } from './window-reader';

const WM_COMMAND = 0x0111;
const BN_CLICKED = 0;
const ERROR_ACCESS_DENIED = 5;
/** dwData of WM_COPYDATA (interface document, section 2.1) */
const AT_ONCE = 1;
const QUEUED = 2;

export interface Receiver {
  hwnd: Handle;
  version: Version;
  /** undefined: that ringing window is gone */
  findRing: (key: string) => Handle | undefined;
}

/**
 * Hands a command to MicroSIP.
 * @param deadline by `monotonicMs`
 * @param timeout what the whole command was given, in ms, for the error's sentence
 * @throws PhoneError `not_running`, `not_ready`, `timeout`, `access_denied`, `no_call`
 */
export function deliver(to: Receiver, encoded: MicrosipEncoded, deadline: number, timeout: number): void {
  const left = (): number => {
    const ms = Math.floor(deadline - monotonicMs());
    if (ms <= 0) throw new WindowTrouble('hung');
    return ms;
  };
  try {
    if (!isReady(to.hwnd, left())) throw new PhoneError('not_ready');
    if ('ring' in encoded) clickRing(to, encoded);
    else sendText(to, encoded.text, left());
  } catch (error) {
    throw error instanceof WindowTrouble ? errorOf(error.trouble, timeout) : error;
  }
}

/** Whether MicroSIP takes commands: an empty text has no effect (interface document, section 2.1). */
export function isReady(hwnd: Handle, ms: number): boolean {
  return sendCommandText(hwnd, AT_ONCE, '', ms) === 0;
}

export function errorOf(trouble: Trouble, timeout: number): PhoneError {
  switch (trouble) {
    case 'hung':
      return new PhoneError('timeout', 'default', { timeout });
    case 'denied':
      return new PhoneError('access_denied');
    case 'gone':
      return new PhoneError('not_running');
  }
}

function sendText({ hwnd, version }: Receiver, text: string, ms: number): void {
  const how = queuedDelivery(version) ? QUEUED : AT_ONCE;
  if (sendCommandText(hwnd, how, text, ms) !== 0) throw new PhoneError('not_ready');
}

/** Posted, not sent: what the button does may run a hook program and take as long as that. */
function clickRing({ findRing }: Receiver, { ring, button }: Extract<MicrosipEncoded, { ring: string }>): void {
  const hwnd = findRing(ring);
  const { GetDlgItem, PostMessageW } = user32();
  const { GetLastError } = kernel32();
  const control = hwnd === undefined ? 0 : GetDlgItem(hwnd, button);
  if (hwnd === undefined || control === 0) throw new PhoneError('no_call', 'ended');
  if (PostMessageW(hwnd, WM_COMMAND, (BN_CLICKED << 16) | button, control) !== 0) return;
  throw GetLastError() === ERROR_ACCESS_DENIED ? new PhoneError('access_denied') : new PhoneError('no_call', 'ended');
}
