import type { EventEmitter } from 'node:events';
import { PhoneError } from '../phone/errors/phone-error';
import type { Presence } from '../phone/ports/observation';
import { BOX_TITLE } from './boxes';
import type { CallControl } from './calls/call-control';
import { Hang } from './hang';
import type { MicrosipEvents, Parts } from './parts';

/** The window is there before the SIP stack is (docs/microsip/3.22.16.md#1); this long (ms). */
const START_TIME = 100;

type Needed = Pick<Parts, 'accounts' | 'boxes' | 'clock' | 'registration' | 'timers' | 'ui' | 'window'>;

/** Whether the process runs, is ready or hangs. Its user and its commands start and end it, or it crashes. */
export class ProcessLife {
  private readonly hanging: Hang;
  private running = true;
  private ready = true;
  private expired = false;
  /** Its box says that it is too old to start. */
  private refusing = false;

  /**
   * @param tellRegistration is called when the SIP stack comes up
   * @param forget is called when the process is gone
   */
  constructor(
    private readonly parts: Needed,
    private readonly control: CallControl,
    private readonly events: EventEmitter<MicrosipEvents>,
    private readonly tellRegistration: () => void,
    private readonly forget: () => void,
  ) {
    this.hanging = new Hang(parts.clock, parts.timers, parts.ui, () => {
      this.tellPresence();
    });
  }

  get presence(): Presence {
    if (!this.running) return 'absent';
    if (this.hanging.isNoticed) return 'hung';
    return this.ready ? 'ready' : 'starting';
  }

  /** Why it is absent, when it is more than that it does not run. */
  get problem(): 'expired' | undefined {
    return this.refusing ? 'expired' : undefined;
  }

  /** From its next start on its build is too old. */
  expire(): void {
    this.expired = true;
  }

  /** The person at the phone clicks the box on top away. */
  closeBox(): void {
    const { boxes, ui } = this.parts;
    if (!this.refusing) this.requireRunning();
    ui.run(() => {
      boxes.close();
      if (this.refusing) this.leave();
    });
  }

  get isRunning(): boolean {
    return this.running;
  }

  get isReady(): boolean {
    return this.running && this.ready;
  }

  requireRunning(): void {
    if (!this.running) throw new PhoneError('not_running');
  }

  setReady(ready: boolean): void {
    this.requireRunning();
    if (ready === this.ready) return;
    if (!ready) this.control.hangUpEverything();
    this.parts.ui.proceed(() => {
      if (!ready) this.events.emit('stack', 'down');
      this.ready = ready;
      if (ready) this.events.emit('stack', 'up');
      this.tellPresence();
      if (ready) this.tellRegistration();
    });
  }

  /** Settings are saved: the SIP stack starts anew, and the calls end the normal way first (docs/microsip/3.22.16.md#2). */
  applySettings(change: () => void): void {
    if (!this.ready) {
      change();
      return;
    }
    this.setReady(false);
    this.parts.ui.proceed(() => {
      change();
      this.setReady(true);
    });
  }

  hang(milliseconds: number): void {
    this.requireRunning();
    this.hanging.begin(milliseconds);
  }

  crash(): void {
    if (this.refusing) this.leave();
    if (!this.running) return;
    this.running = false;
    this.ready = false;
    this.parts.timers.clear();
    this.hanging.forget();
    this.parts.ui.clear();
    this.forget();
    this.tellPresence();
  }

  start(): void {
    if (this.running || this.refusing) return;
    this.startAnew();
    this.parts.window.hide();
  }

  show(): void {
    this.requireRunning();
    const { ui, window } = this.parts;
    ui.run(() => {
      window.show();
    });
  }

  exit(): void {
    this.requireRunning();
    this.parts.ui.run(() => {
      this.windDown(() => {
        this.crash();
      });
    });
  }

  restart(): void {
    const startAnew = (): void => {
      this.startAnew();
    };
    if (!this.running || this.parts.ui.isStalled) startAnew();
    else this.windDown(startAnew);
  }

  private windDown(then: () => void): void {
    this.control.hangUpEverything();
    this.parts.ui.proceed(() => {
      if (this.ready) this.events.emit('stack', 'down');
      then();
    });
  }

  private startAnew(): void {
    const { accounts, timers, ui, window } = this.parts;
    this.crash();
    if (this.expired) {
      this.refuse();
      return;
    }
    this.running = true;
    window.show();
    this.tellPresence();
    timers.after(START_TIME, () => {
      ui.run(() => {
        this.ready = true;
        this.events.emit('stack', 'up');
        this.tellPresence();
        accounts.setRegistered(true);
      });
    });
  }

  /** A task dialog without owner, and no window of its own (docs/microsip/further.md#I). */
  private refuse(): void {
    this.refusing = true;
    this.tellPresence();
    this.parts.boxes.show(BOX_TITLE);
  }

  private leave(): void {
    this.refusing = false;
    this.parts.boxes.forget();
    this.tellPresence();
  }

  private tellPresence(): void {
    this.events.emit('presence', this.presence);
  }
}
