import { EventEmitter } from 'node:events';
import type { Registration } from '../phone/call';
import type { Presence } from '../phone/observation';
import { RING_ANSWER_BUTTON, RING_DECLINE_BUTTON, type Version } from '../links/microsip-protocol';
import { CallTable } from './call-table';
import { parseText } from './command-parser';
import { CommandHandler } from './command-handler';
import { FarEnd } from './far-end';
import { Journal } from './journal';
import { LocalUser } from './local-user';
import { ENDINGS } from './simulated-call';
import { Timers } from './timers';

export interface SimulatedMicrosipOptions {
  singleMode?: boolean;
  version?: Version;
  /** Our own user name. */
  account?: string;
  domain?: string;
  registered?: boolean;
}

interface MicrosipEvents {
  presence: [Presence];
  registration: [Registration];
  mode: [boolean];
}

/** The window is there before the SIP stack is (3.22.16, section 1); this long (ms). */
const START_TIME = 100;
/** A window observer notices after this time (ms) that MicroSIP does not answer. */
const HANG_NOTICED = 300;

/**
 * A MicroSIP that exists only in memory, with the habits of 3.22.16: single-call mode, commands that are dropped without
 * a word, hold as a toggle, dials that are kept while it is not registered. Outgoing calls do nothing by themselves:
 * `far` plays the other side, `user` the person at the phone.
 */
export class SimulatedMicrosip extends EventEmitter<MicrosipEvents> {
  readonly calls = new CallTable();
  readonly journal = new Journal();
  readonly timers = new Timers();
  readonly far = new FarEnd(this);
  readonly user = new LocalUser(this);
  readonly version: Version;
  readonly account: string;
  readonly domain: string;
  readonly commands = new CommandHandler(this);
  private running = true;
  private ready = true;
  private hungUntil = 0;
  private noticedHang = false;
  private waiting: (() => void)[] = [];
  private registrationNow: Registration;
  private single: boolean;

  constructor(options: SimulatedMicrosipOptions = {}) {
    super();
    this.setMaxListeners(0);
    this.single = options.singleMode ?? true;
    this.version = options.version ?? [3, 22, 16, 0];
    this.account = options.account ?? '1001';
    this.domain = options.domain ?? 'example.org';
    this.registrationNow = options.registered === false ? { state: 'unregistered' } : REGISTERED;
  }

  get presence(): Presence {
    if (!this.running) return 'absent';
    if (this.noticedHang) return 'hung';
    return this.ready ? 'ready' : 'starting';
  }

  get registration(): Registration {
    return this.registrationNow;
  }

  get singleMode(): boolean {
    return this.single;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Its window does not answer. */
  get isHung(): boolean {
    return this.running && Date.now() < this.hungUntil;
  }

  setSingleMode(single: boolean): void {
    this.single = single;
    this.emit('mode', single);
  }

  /**
   * What its window does with WM_COPYDATA (interface document, section 2.1).
   * @returns 0, or 1 when the text is dropped because its SIP stack is down or `dwData` is not known
   */
  copyData(dwData: number, text: string): 0 | 1 {
    if (!this.ready || (dwData !== 1 && dwData !== 2)) return 1;
    const end = text.indexOf('\0');
    const received = end < 0 ? text : text.slice(0, end);
    if (received !== '') this.journal.add('received', received);
    if (dwData === 1) this.commands.run(parseText(received));
    else
      this.onUiThread(() => {
        this.commands.run(parseText(received));
      });
    return 0;
  }

  /** @returns false when this call has no ringing window (any more) */
  clickRing(sipCallId: string, button: number): boolean {
    const call = this.calls.ringing.find((one) => one.sipCallId === sipCallId);
    if (!call) return false;
    this.journal.add('clicked', String(button));
    this.onUiThread(() => {
      if (button === RING_ANSWER_BUTTON) this.commands.answer(call);
      if (button === RING_DECLINE_BUTTON) this.calls.end(call, ENDINGS.declinedByUs);
    });
    return true;
  }

  /** Runs later, in order, and not before a hang is over: as a message posted to the window. */
  onUiThread(task: () => void): void {
    if (this.isHung) this.waiting.push(task);
    else
      setImmediate(() => {
        if (this.isHung) this.waiting.push(task);
        else if (this.running) task();
      });
  }

  register(): void {
    this.setRegistration(REGISTERED);
    this.commands.releaseDelayedDial();
  }

  unregister(): void {
    this.setRegistration({ state: 'unregistered' });
  }

  /** The SIP stack goes down, as when settings are applied: calls end the normal way. */
  setReady(ready: boolean): void {
    if (!ready) for (const call of [...this.calls.all]) this.calls.hangUp(call);
    this.ready = ready;
    this.emit('presence', this.presence);
    if (ready) this.emit('registration', this.registrationNow);
  }

  /** @param milliseconds how long its window answers nothing */
  hang(milliseconds: number): void {
    this.hungUntil = Date.now() + milliseconds;
    if (milliseconds > HANG_NOTICED) {
      this.timers.after(HANG_NOTICED, () => {
        this.noticedHang = true;
        this.emit('presence', this.presence);
      });
    }
    this.timers.after(milliseconds, () => {
      this.recover();
    });
  }

  /** Resolves with true when its window answers, with false when it still does not after `timeout` ms. */
  answers(timeout: number): Promise<boolean> {
    if (!this.isHung) return Promise.resolve(true);
    return new Promise((resolve) => {
      const wait = Math.min(timeout, this.hungUntil - Date.now() + 5);
      setTimeout(() => {
        resolve(!this.isHung);
      }, wait);
    });
  }

  /** The process is gone at once: its calls have no end that anybody could see. */
  crash(): void {
    this.timers.clear();
    this.commands.forget();
    this.waiting = [];
    this.hungUntil = 0;
    this.noticedHang = false;
    this.calls.forgetAll();
    this.running = false;
    this.emit('presence', 'absent');
  }

  /** Exits if it runs, and starts again. */
  restart(): void {
    if (this.running) this.crash();
    this.running = true;
    this.ready = false;
    this.emit('presence', 'starting');
    this.timers.after(START_TIME, () => {
      this.ready = true;
      this.emit('presence', 'ready');
      this.setRegistration(REGISTERED);
    });
  }

  /** Leaves no timer and no listener behind. */
  dispose(): void {
    this.crash();
    this.removeAllListeners();
    this.calls.removeAllListeners();
  }

  private recover(): void {
    this.hungUntil = 0;
    this.noticedHang = false;
    this.emit('presence', this.presence);
    for (const task of this.waiting.splice(0)) task();
  }

  private setRegistration(registration: Registration): void {
    this.registrationNow = registration;
    this.emit('registration', registration);
  }
}

const REGISTERED: Registration = { state: 'registered', sipStatus: 200 };
