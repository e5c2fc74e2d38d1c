import { EventEmitter } from 'node:events';
import type { Registration } from '../phone/calls/call';
import type { Presence } from '../phone/ports/observation';
import { PhoneError } from '../phone/errors/phone-error';
import { queuedDelivery, RING_ANSWER_BUTTON, RING_DECLINE_BUTTON, type Version } from '../microsip/microsip-protocol';
import { Accounts } from './accounts';
import { Audio } from './audio';
import { CallControl } from './calls/call-control';
import { CallTable } from './calls/call-table';
import { runCommand } from './commands/command-handler';
import { parseText } from './commands/command-parser';
import type { AccountDialling } from './commands/dialled-number';
import { Dialler } from './commands/dialler';
import { DtmfQueue } from './commands/dtmf-queue';
import { FarEnd } from './calls/far-end';
import { Hang } from './hang';
import type { IncomingRules } from './calls/incoming-checks';
import { Journal } from './journal';
import { LocalUser } from './local-user';
import { MainWindow } from './main-window';
import { ENDINGS, hasRingWindow } from './calls/simulated-call';
import { Timers } from './timers';
import { leaveTraces, type TraceOptions } from './traces/traces';
import { UiThread } from './ui-thread';

export interface SimulatedMicrosipOptions extends Partial<IncomingRules> {
  singleMode?: boolean;
  /** Decides only what the link may send and whether `dwData 2` is known; the habits are always those of 3.22.16. */
  version?: Version;
  /** The user name of account 1, the active one. */
  account?: string;
  /** The user names of accounts 2, 3 …; a command for any other account is dropped. */
  otherAccounts?: readonly string[];
  domain?: string;
  /** The accounts' `dialingPrefix` and `dialPlan`. */
  dialingPrefix?: string;
  dialPlan?: string;
  registered?: boolean;
  /** A build that sends a new INVITE as soon as a call has connected. */
  updatesContact?: boolean;
  /** What it leaves behind for others to look at; nothing unless told. */
  traces?: TraceOptions;
}

interface MicrosipEvents {
  presence: [Presence];
  registration: [Registration];
  mode: [boolean];
  /** The SIP stack has come up, or goes down in good order. */
  stack: ['up' | 'down'];
}

/** The window is there before the SIP stack is (3.22.16, section 1); this long (ms). */
const START_TIME = 100;

/**
 * A MicroSIP that exists only in memory, with the habits of 3.22.16: single-call mode, commands that are dropped without
 * a word, hold as a toggle, dials that are kept while it is not registered. Outgoing calls do nothing by themselves:
 * `far` plays the other side, `user` the person at the phone. `journal` tells what was really done.
 */
export class SimulatedMicrosip extends EventEmitter<MicrosipEvents> {
  readonly version: Version;
  readonly domain: string;
  readonly dialling: Required<AccountDialling>;
  readonly updatesContact: boolean;
  readonly rules: IncomingRules;
  readonly journal = new Journal();
  readonly timers = new Timers();
  readonly ui = new UiThread();
  readonly window = new MainWindow();
  readonly audio = new Audio(this.journal);
  readonly calls = new CallTable(() => !this.single);
  readonly control = new CallControl(this);
  readonly dialler = new Dialler(this);
  readonly far = new FarEnd(this);
  readonly user = new LocalUser(this);
  readonly accounts: Accounts;
  private readonly hanging = new Hang(this.timers, this.ui, () => {
    this.emit('presence', this.presence);
  });
  private running = true;
  private ready = true;
  private single: boolean;

  /** @throws PhoneError when a trace cannot be left: a file that is not ours or cannot be written, no SQLite in this Node.js */
  constructor(options: SimulatedMicrosipOptions = {}) {
    super();
    this.setMaxListeners(0);
    this.single = options.singleMode ?? true;
    this.version = 'version' in options ? options.version : [3, 22, 16, 0];
    this.accounts = new Accounts(
      [options.account ?? '1001', ...(options.otherAccounts ?? ['1002', '1003'])],
      options.registered ?? true,
      this.timers,
      this.ui,
      (registration) => {
        this.tellRegistration(registration);
      },
    );
    this.domain = options.domain ?? 'example.org';
    this.dialling = { domain: this.domain, prefix: options.dialingPrefix ?? '', plan: options.dialPlan ?? '' };
    this.updatesContact = options.updatesContact ?? false;
    this.rules = {
      callWaiting: options.callWaiting ?? true,
      doNotDisturb: options.doNotDisturb ?? false,
      maxConcurrentCalls: options.maxConcurrentCalls ?? 0,
      denyIncoming: options.denyIncoming ?? false,
      autoAnswerDelay: options.autoAnswerDelay,
      forwardingNumber: options.forwardingNumber,
      forwardingDelay: options.forwardingDelay ?? 0,
    };
    new DtmfQueue(this);
    if (options.traces) leaveTraces(this, options.traces);
  }

  get presence(): Presence {
    if (!this.running) return 'absent';
    if (this.hanging.isNoticed) return 'hung';
    return this.ready ? 'ready' : 'starting';
  }

  get registration(): Registration {
    return this.accounts.registration;
  }

  get singleMode(): boolean {
    return this.single;
  }

  /** The user name of the active account. */
  get account(): string {
    return this.accounts.activeUser;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Its SIP stack is up. */
  get isReady(): boolean {
    return this.running && this.ready;
  }

  /** Its window does not answer. */
  get isHung(): boolean {
    return this.ui.isStalled;
  }

  requireRunning(): void {
    if (!this.running) throw new PhoneError('not_running');
  }

  setSingleMode(single: boolean): void {
    this.single = single;
    this.emit('mode', single);
  }

  /**
   * What its window does with WM_COPYDATA (interface document, section 2.1).
   * @returns 0, or 1 when the text is dropped because its SIP stack is down or `dwData` is not known; while it hangs a
   * promise, since the sender has to wait
   * @throws PhoneError `not_running`
   */
  copyData(dwData: number, text: string): 0 | 1 | Promise<0 | 1> {
    this.requireRunning();
    if (!this.isHung) return this.takeText(dwData, text);
    return new Promise((resolve) => {
      this.ui.post(
        () => {
          resolve(this.takeText(dwData, text));
        },
        () => {
          resolve(1);
        },
      );
    });
  }

  /**
   * A click on a button of a ringing window, as a posted message: it does not wait while MicroSIP hangs.
   * @returns false when this call has no ringing window (any more)
   */
  clickRing(sipCallId: string, controlId: number): boolean {
    const call = this.calls.newest(hasRingWindow, sipCallId);
    if (!call) return false;
    this.journal.add('clicked', String(controlId), sipCallId);
    this.ui.post(() => {
      if (controlId === RING_ANSWER_BUTTON) this.control.answer(call);
      if (controlId === RING_DECLINE_BUTTON) this.control.reject(call, ENDINGS.declinedByUs);
    });
    return true;
  }

  /**
   * A click on End in the messages window, as a posted message.
   * @returns false when the call of the selected tab is not this one
   */
  clickEnd(sipCallId: string): boolean {
    const { selected } = this.calls;
    if (selected?.sipCallId !== sipCallId) return false;
    this.journal.add('clicked', 'end', sipCallId);
    this.ui.post(() => {
      if (this.calls.selected === selected) this.control.hangUp(selected);
    });
    return true;
  }

  /** The registrar takes the registration. @throws PhoneError `not_running` */
  register(): void {
    this.requireRunning();
    this.ui.run(() => {
      this.accounts.setRegistered(true);
    });
  }

  /** The registration is lost. @throws PhoneError `not_running` */
  unregister(): void {
    this.requireRunning();
    this.ui.run(() => {
      this.accounts.setRegistered(false);
    });
  }

  /** The registrar refuses the registration. @param sipStatus 300..699 @throws PhoneError `not_running` */
  refuseRegistration(sipStatus = 403): void {
    this.requireRunning();
    this.ui.run(() => {
      this.accounts.fail(sipStatus);
    });
  }

  /** The SIP stack goes down or comes up, as when settings are applied: its calls end the normal way first. */
  setReady(ready: boolean): void {
    this.requireRunning();
    if (ready === this.ready) return;
    if (!ready) this.control.hangUpEverything();
    this.ui.proceed(() => {
      if (!ready) this.emit('stack', 'down');
      this.ready = ready;
      if (ready) this.emit('stack', 'up');
      this.emit('presence', this.presence);
      if (ready) this.tellRegistration(this.registration);
    });
  }

  /**
   * Its window answers nothing for so long.
   * @param milliseconds from now; never shortens a hang
   * @throws PhoneError `not_running`
   */
  hang(milliseconds: number): void {
    this.requireRunning();
    this.hanging.begin(milliseconds);
  }

  /** The process is gone at once: its calls have no end that anybody could see. */
  crash(): void {
    if (!this.running) return;
    this.running = false;
    this.ready = false;
    this.timers.clear();
    this.hanging.forget();
    this.ui.clear();
    this.dialler.forget();
    this.control.forget();
    this.audio.forget();
    this.calls.forgetAll();
    this.accounts.forget();
    this.emit('presence', 'absent');
  }

  /** Its program is started with `/minimized`; one that runs goes on (interface document, section 1). */
  start(): void {
    if (this.running) return;
    this.startAnew();
    this.window.hide();
  }

  /**
   * Its program is started once more without anything: its window comes to the front.
   * @throws PhoneError `not_running`
   */
  show(): void {
    this.requireRunning();
    this.ui.run(() => {
      this.window.show();
    });
  }

  /** Ends its calls the normal way and exits (3.22.16, section 8). @throws PhoneError `not_running` */
  exit(): void {
    this.requireRunning();
    this.ui.run(() => {
      this.windDown(() => {
        this.crash();
      });
    });
  }

  /** Exits if it runs and starts again: it is registered as soon as it is ready. One that hangs is killed. */
  restart(): void {
    const startAnew = (): void => {
      this.startAnew();
    };
    if (!this.running || this.isHung) startAnew();
    else this.windDown(startAnew);
  }

  /** Leaves no timer and no listener behind. */
  dispose(): void {
    this.crash();
    this.removeAllListeners();
    this.calls.removeAllListeners();
  }

  private takeText(dwData: number, text: string): 0 | 1 {
    if (!this.ready || (dwData !== 1 && !(dwData === 2 && queuedDelivery(this.version)))) return 1;
    const end = text.indexOf('\0');
    const received = end < 0 ? text : text.slice(0, end);
    if (received === '') return 0;
    this.journal.add('received', received);
    if (dwData === 1) runCommand(this, parseText(received));
    else
      this.ui.post(() => {
        if (this.ready) runCommand(this, parseText(received));
        else this.journal.add('dropped', received);
      });
    return 0;
  }

  private windDown(then: () => void): void {
    this.control.hangUpEverything();
    this.ui.proceed(() => {
      if (this.ready) this.emit('stack', 'down');
      then();
    });
  }

  private startAnew(): void {
    this.crash();
    this.running = true;
    this.window.show();
    this.emit('presence', 'starting');
    this.timers.after(START_TIME, () => {
      this.ui.run(() => {
        this.ready = true;
        this.emit('stack', 'up');
        this.emit('presence', this.presence);
        this.accounts.setRegistered(true);
      });
    });
  }

  /** Nobody can see the registration while the SIP stack is down. */
  private tellRegistration(registration: Registration): void {
    if (!this.ready) return;
    this.emit('registration', registration);
    if (registration.state === 'registered') this.dialler.release();
  }
}
