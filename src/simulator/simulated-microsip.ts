import { EventEmitter } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../clock';
import type { Registration } from '../phone/calls/call';
import { PhoneError } from '../phone/errors/phone-error';
import type { Feature, Features } from '../phone/commands/command';
import type { Presence } from '../phone/ports/observation';
import type { Voicemail } from '../phone/voicemail';
import type { Version } from '../microsip/microsip-protocol';
import { Accounts } from './accounts';
import { Audio } from './audio';
import { Boxes, BOX_TITLE } from './boxes';
import { AudioStreams } from './calls/audio-streams';
import { CallControl } from './calls/call-control';
import { CallTable } from './calls/call-table';
import { Conference } from './calls/conference';
import { FarEnd } from './calls/far-end';
import { givenText } from './calls/given-text';
import type { AccountDialling } from './commands/dialled-number';
import { Dialler } from './commands/dialler';
import { DtmfQueue } from './commands/dtmf-queue';
import { Journal } from './journal';
import { LocalUser } from './local-user';
import { Mailbox } from './mailbox';
import { MainWindow } from './main-window';
import type { MicrosipEvents, WatchedParts } from './parts';
import type { PlayedMicrosip } from './played-microsip';
import { ProcessLife } from './process-life';
import { Recorder } from './recorder';
import { switchOptions } from './switch-options';
import { Switches } from './switches';
import { Timers } from './timers';
import type { IncomingRules, SimulatedMicrosipOptions } from './simulated-options';
import { leaveTraces } from './traces/traces';
import { UiThread } from './ui-thread';
import { WindowMessages } from './window-messages';

export interface TimedMicrosipOptions extends SimulatedMicrosipOptions {
  /** Instead of the computer's, for tests. */
  clock?: Clock;
}

/**
 * A MicroSIP that exists only in memory, with the habits of 3.22.16: single-call mode, commands that are dropped without
 * a word, hold as a toggle, dials that are kept while it is not registered. Outgoing calls do nothing by themselves:
 * `far` plays the other side, `user` the person at the phone. `journal` tells what was really done.
 */
export class SimulatedMicrosip extends EventEmitter<MicrosipEvents> implements WatchedParts, PlayedMicrosip {
  readonly version: Version;
  readonly domain: string;
  readonly dialling: Required<AccountDialling>;
  readonly updatesContact: boolean;
  readonly rules: IncomingRules;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly timers: Timers;
  readonly ui = new UiThread();
  readonly window = new MainWindow();
  readonly boxes = new Boxes(() => {
    this.emit('box');
  });
  readonly audio: Audio;
  readonly calls = new CallTable(
    () => !this.single,
    (call) => {
      this.recorder.stop(call);
    },
  );
  readonly streams: AudioStreams;
  readonly switches: Switches;
  readonly accounts: Accounts;
  readonly control = new CallControl(this);
  readonly far = new FarEnd(this, this.control);
  readonly user: LocalUser;
  readonly recorder: Recorder;
  readonly conference = new Conference(this, this.control);
  private readonly dialler = new Dialler(this, this.control);
  private readonly messages: WindowMessages;
  private readonly mailbox = new Mailbox((voicemail) => {
    this.emit('voicemail', voicemail);
  });
  private readonly life: ProcessLife;
  private single: boolean;
  /** The account whose mailbox is told of. */
  private mailboxOf: string | undefined;

  /** @throws PhoneError when a trace cannot be left: a file that is not ours or cannot be written, no SQLite in this Node.js */
  constructor(options: TimedMicrosipOptions = {}) {
    super();
    this.setMaxListeners(0);
    this.clock = options.clock ?? systemClock;
    this.journal = new Journal(this.clock);
    this.streams = new AudioStreams(this.calls, this.clock);
    this.timers = new Timers(this.clock);
    this.audio = new Audio(this.journal, () => {
      this.emit('audio');
    });
    this.single = options.singleMode ?? true;
    this.version = 'version' in options ? options.version : [3, 22, 16, 0];
    this.accounts = new Accounts(
      [options.account ?? '1001', ...(options.otherAccounts ?? ['1002', '1003'])].map((user) =>
        givenText('account', user),
      ),
      options.registered ?? true,
      this.timers,
      this.ui,
      (registration) => {
        if (this.mailboxOf !== this.account) this.mailbox.reset();
        this.mailboxOf = this.account;
        this.tellRegistration(registration);
      },
    );
    this.life = new ProcessLife(
      this,
      this.control,
      this,
      () => {
        this.tellRegistration(this.registration);
      },
      () => {
        this.forgetAll();
      },
    );
    this.messages = new WindowMessages(this, this.control, this.conference, this.dialler, this.version);
    this.user = new LocalUser(this, this.control, this.conference, this.dialler, this.messages, () => {
      this.life.closeBox();
    });
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
    new DtmfQueue(this, this.control);
    this.on('stack', (change) => {
      if (change !== 'down') return;
      this.mailbox.reset();
      this.switches.save();
    });
    this.recorder = new Recorder(this, options.traces?.recordings ?? join(homedir(), '.microsip', 'recordings'));
    this.switches = new Switches(
      this,
      switchOptions(options),
      () => this.single,
      () => {
        this.emit('features');
      },
    );
    if (options.traces) leaveTraces(this, options.traces);
    this.conference.mergeByItself();
    // Behind the log, in which a call is recorded after it was answered.
    if (options.autoRecording) this.recorder.startByItself();
  }

  get presence(): Presence {
    return this.life.presence;
  }

  /** Why it is absent, when it is more than that it does not run. */
  get problem(): 'expired' | undefined {
    return this.life.problem;
  }

  get registration(): Registration {
    return this.accounts.registration;
  }

  /** What the server told of the mailbox; undefined when it told nothing. */
  get voicemail(): Voicemail | undefined {
    return this.mailbox.current;
  }

  get singleMode(): boolean {
    return this.single;
  }

  /** How its switches stand; one whose button is not there is absent. */
  get features(): Features {
    return this.switches.features;
  }

  /** The user name of the active account. */
  get account(): string {
    return this.accounts.activeUser;
  }

  get isRunning(): boolean {
    return this.life.isRunning;
  }

  /** Its SIP stack is up. */
  get isReady(): boolean {
    return this.life.isReady;
  }

  /** Its window does not answer. */
  get isHung(): boolean {
    return this.ui.isStalled;
  }

  requireRunning(): void {
    this.life.requireRunning();
  }

  setSingleMode(single: boolean): void {
    this.single = single;
    this.emit('mode', single);
  }

  /**
   * The person at the phone changes that in the settings, which ends all calls; nothing happens when it is so already.
   * @throws PhoneError `not_running`
   */
  chooseSingleMode(single: boolean): void {
    this.requireRunning();
    this.ui.run(() => {
      if (single === this.single) return;
      this.life.applySettings(() => {
        this.setSingleMode(single);
      });
    });
  }

  /**
   * What its window does with WM_COPYDATA (docs/microsip/interface.md#2.1).
   * @returns 0, or 1 when the text is dropped because its SIP stack is down or `dwData` is not known; while it hangs a
   * promise, since the sender has to wait
   * @throws PhoneError `not_running`
   */
  copyData(dwData: number, text: string): 0 | 1 | Promise<0 | 1> {
    return this.messages.copyData(dwData, text);
  }

  /**
   * A click on a button of a ringing window, as a posted message: it does not wait while MicroSIP hangs.
   * @returns false when this call has no ringing window (any more)
   */
  clickRing(sipCallId: string, controlId: number): boolean {
    return this.messages.clickRing(sipCallId, controlId);
  }

  /**
   * A click on End in the messages window, which ends a whole conference, as a posted message.
   * @param alone instead, the command that ends only this call
   * @returns false when the call of the selected tab is not this one
   */
  clickEnd(sipCallId: string, alone = false): boolean {
    return this.messages.clickEnd(sipCallId, alone);
  }

  /**
   * A command of the conference menu of the messages window, as a posted message.
   * @returns false when the call of the selected tab is not this one
   */
  chooseFromMenu(sipCallId: string, item: 'merge' | 'separate'): boolean {
    return this.messages.chooseFromMenu(sipCallId, item);
  }

  /**
   * A click on the button of a switch that does not stand so, as a posted message.
   * @returns false when there is no such button
   */
  clickSwitch(feature: Feature, on: boolean): boolean {
    return this.messages.clickSwitch(feature, on);
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

  /** The server tells what is in the mailbox. @throws PhoneError `not_running`, `not_ready` */
  notifyVoicemail(voicemail: Voicemail): void {
    this.requireRunning();
    if (!this.isReady) throw new PhoneError('not_ready');
    this.ui.run(() => {
      this.mailbox.notify(voicemail);
    });
  }

  /**
   * A message box waits for a click, until the person at the phone closes it.
   * @throws PhoneError `not_running`
   */
  showBox(title: string = BOX_TITLE): void {
    this.requireRunning();
    this.ui.run(() => {
      this.boxes.show(title);
    });
  }

  /** From its next start on its build is too old: it says so in a message box, and does not start. */
  expire(): void {
    this.life.expire();
  }

  /** The SIP stack goes down or comes up, as when settings are applied: its calls end the normal way first. */
  setReady(ready: boolean): void {
    this.life.setReady(ready);
  }

  /**
   * Its window answers nothing for so long.
   * @param milliseconds from now; never shortens a hang
   * @throws PhoneError `not_running`
   */
  hang(milliseconds: number): void {
    this.life.hang(milliseconds);
  }

  /** The process is gone at once: its calls have no end that anybody could see. */
  crash(): void {
    this.life.crash();
  }

  /** Its program is started with `/minimized`; one that runs goes on (docs/microsip/interface.md#1). */
  start(): void {
    this.life.start();
  }

  /**
   * Its program is started once more without anything: its window comes to the front.
   * @throws PhoneError `not_running`
   */
  show(): void {
    this.life.show();
  }

  /** Ends its calls the normal way and exits (docs/microsip/3.22.16.md#8). @throws PhoneError `not_running` */
  exit(): void {
    this.life.exit();
  }

  /** Exits if it runs and starts again: it is registered as soon as it is ready. One that hangs is killed. */
  restart(): void {
    this.life.restart();
  }

  /** Leaves no timer and no listener behind. */
  dispose(): void {
    this.crash();
    this.removeAllListeners();
    this.calls.removeAllListeners();
  }

  /** Nobody can see the registration while the SIP stack is down. */
  private tellRegistration(registration: Registration): void {
    if (!this.isReady) return;
    this.emit('registration', registration);
    if (registration.state === 'registered') this.dialler.release();
  }

  private forgetAll(): void {
    this.dialler.forget();
    this.control.forget();
    this.audio.forget();
    this.boxes.forget();
    this.mailbox.forget();
    this.recorder.forgetAll();
    this.switches.forget();
    this.calls.forgetAll();
    this.accounts.forget();
  }
}
