import { kernel32 } from './kernel32';
import { user32, type Handle } from './user32';

const QS_ALLINPUT = 0x04ff;
const MWMO_INPUTAVAILABLE = 0x4;
const WAIT_OBJECT_0 = 0;
const WAIT_FAILED = 0xffff_ffff;
const PM_REMOVE = 1;
const WM_APP = 0x8000;
/** Larger than MSG of any Windows. */
const MSG_SIZE = 64;

const message = Buffer.alloc(MSG_SIZE);

/**
 * Waits for a window message, an event, the end of a process, or until the time is over.
 * @param process handle to wait for; 0: none
 * @param ms longest wait
 * @returns whether the process has ended
 */
export function waitForWork(process: Handle, ms: number): boolean {
  const handles = process === 0 ? null : [process];
  const { MsgWaitForMultipleObjectsEx } = user32();
  const wait = Math.max(0, Math.ceil(ms));
  const result = MsgWaitForMultipleObjectsEx(handles ? 1 : 0, handles, wait, QS_ALLINPUT, MWMO_INPUTAVAILABLE);
  // A handle that cannot be waited for must not make a busy loop.
  if (result === WAIT_FAILED && handles) return waitForWork(0, ms);
  return handles !== null && result === WAIT_OBJECT_0;
}

/** Takes all window messages of this thread; listeners of events are called meanwhile. */
export function takeMessages(): void {
  const { PeekMessageW, DispatchMessageW } = user32();
  while (PeekMessageW(message, 0, 0, 0, PM_REMOVE) !== 0) DispatchMessageW(message);
}

export function currentThreadId(): number {
  return kernel32().GetCurrentThreadId();
}

/** Ends the wait of a thread. Cannot block. Harmless when the thread has ended. */
export function wakeThread(threadId: number): void {
  user32().PostThreadMessageW(threadId, WM_APP, 0, 0);
}
