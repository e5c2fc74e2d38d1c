import type { Clock } from '../clock';
import type { Timers } from './timers';
import type { UiThread } from './ui-thread';

/** Who watches the window notices after this time (ms) that it does not answer. */
const NOTICED_AFTER = 300;

/** The time in which MicroSIP's window answers nothing. */
export class Hang {
  private until = 0;
  private noticed = false;
  private cancelNotice: (() => void) | undefined;
  private cancelEnd: (() => void) | undefined;

  /** @param changed is called when the hang has been noticed, and when it is over after that */
  constructor(
    private readonly clock: Clock,
    private readonly timers: Timers,
    private readonly ui: UiThread,
    private readonly changed: () => void,
  ) {}

  get isNoticed(): boolean {
    return this.noticed;
  }

  begin(milliseconds: number): void {
    const until = this.clock.monotonic() + milliseconds;
    // A program that MicroSIP waits for may stall its thread as well: that is no hang of this kind.
    const hangs = this.cancelEnd !== undefined;
    if (hangs && until <= this.until) return;
    this.until = until;
    if (!hangs) {
      this.ui.stall();
      this.cancelNotice = this.timers.after(NOTICED_AFTER, () => {
        this.noticed = true;
        this.changed();
      });
    }
    this.cancelEnd?.();
    this.cancelEnd = this.timers.after(milliseconds, () => {
      this.end();
    });
  }

  /** The process is gone. */
  forget(): void {
    this.cancelNotice?.();
    this.cancelEnd?.();
    this.cancelNotice = undefined;
    this.cancelEnd = undefined;
    this.noticed = false;
  }

  private end(): void {
    const wasNoticed = this.noticed;
    this.forget();
    if (wasNoticed) this.changed();
    this.ui.resume();
  }
}
