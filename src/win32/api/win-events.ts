import { user32, type Handle } from './user32';

const EVENT_OBJECT_CREATE = 0x8000;
/** First and last event of each range; location changes lie between them and come in masses. */
const RANGES = [
  // CREATE, DESTROY, SHOW, HIDE
  [EVENT_OBJECT_CREATE, 0x8003],
  // STATECHANGE
  [0x800a, 0x800a],
  // NAMECHANGE
  [0x800c, 0x800c],
] as const;

/** Hears of Windows that something changed in the windows of one process. */
export class WinEvents {
  private readonly hooks: Handle[];
  private readonly listener: bigint;

  /**
   * @param onEvent called while this thread looks for messages, also within a call that waits; must be short
   */
  constructor(pid: number, onEvent: (created?: Handle) => void) {
    const { registerWinEventListener, SetWinEventHook } = user32();
    this.listener = registerWinEventListener((_hook, event, hwnd) => {
      onEvent(event === EVENT_OBJECT_CREATE ? hwnd : undefined);
    });
    // When Windows refuses a hook there still is the poll.
    this.hooks = RANGES.map(([first, last]) => SetWinEventHook(first, last, 0, this.listener, pid, 0, 0));
  }

  /** Windows has refused none of them. */
  get areHeard(): boolean {
    return this.hooks.every((hook) => hook !== 0);
  }

  close(): void {
    const { UnhookWinEvent, unregister } = user32();
    for (const hook of this.hooks) if (hook !== 0) UnhookWinEvent(hook);
    unregister(this.listener);
  }
}
