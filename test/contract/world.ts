import type { AudioDevice } from '../../src/phone/commands/command';
import type { Phone } from '../../src/phone/phone';
import type { PhoneEvent } from '../../src/phone/phone-event';

/** Stages a MicroSIP, its user and the far end, for the suite that every connection has to pass. */
export interface World {
  /** A phone on this MicroSIP, not opened yet. */
  phone(options?: { timeout?: number; pollInterval?: number }): Phone;
  far: {
    incoming(number: string, name?: string): Promise<void>;
    ring(): Promise<void>;
    answer(): Promise<void>;
    busy(): Promise<void>;
    /** Hangs up, or gives up while we ring. */
    hangup(): Promise<void>;
    /** The provider tells whether messages wait. */
    voicemail(waiting: boolean): Promise<void>;
  };
  /** A person at the phone. */
  user: {
    answer(): Promise<void>;
    decline(): Promise<void>;
    hangup(): Promise<void>;
    toggleHold(): Promise<void>;
    dial(number: string): Promise<void>;
    /** Has the call that goes on recorded. */
    record(): Promise<void>;
    /** Ticks or clears the mute box, moves the slider. */
    setAudio(device: AudioDevice, to: { muted?: boolean; level?: number }): Promise<void>;
    /** Clicks the message box on top away. */
    closeBox(): Promise<void>;
  };
  microsip: {
    register(): Promise<void>;
    unregister(): Promise<void>;
    setReady(ready: boolean): Promise<void>;
    setSingleMode(single: boolean): Promise<void>;
    /** A message box with this title waits for a click. */
    showBox(title: string): Promise<void>;
    /** Stops answering for so many ms. */
    hang(milliseconds: number): Promise<void>;
    crash(): Promise<void>;
    start(): Promise<void>;
    /** The phone is about to start it: `started` waits for that one. */
    expectStart(): Promise<void>;
    /** Resolves when one that the phone has started is there to be staged. */
    started(): Promise<void>;
  };
  /** Texts that MicroSIP was given, readiness probes left out, in order. */
  received(): Promise<string[]>;
  end(): Promise<void>;
}

export interface WorldTraits {
  /** SIP statuses are known, so `disposition` and `endedBy` are exact. */
  exact: boolean;
  /** What this kind of MicroSIP does not have or tell, and why not. */
  lacks?: Partial<Record<Capability, string>>;
}

/**
 * - `account`: whether its account is registered.
 * - `names`: what the callers call themselves.
 * - `numbers`: of callers.
 * - `dialing`: a call that was dialled and does not ring yet is told from one that rings.
 * - `direction`: a call that a person at the phone dials is told from one that comes in.
 * - `two_calls`: a second call beside the first.
 * - `messages`: instant messages.
 * - `readiness`: a SIP stack that is down is told from a busy line.
 * - `audio`: what is muted and how loud it is can be read.
 * - `audio_by_hand`: a test can mute a device and move its slider as a person does.
 * - `boxes`: a test can have a message box wait, and the phone sees it.
 * - `switches`: do not disturb and its like can be seen and set.
 * - `voicemail`: whether messages wait can be seen.
 * - `recordings`: it records calls into files, which are known.
 * - `program`: its program can be started and shown.
 * - `end_one`: a button that ends just the selected one of several calls.
 * - `one_of_two`: a button of one ringing call, which also rejects with 486.
 * - `sip_stack`: a test can stop its SIP stack while it runs.
 * - `hanging`: a test can make it hang for a while.
 * - `at_once`: how it stands is known as soon as a command is done or an event is told.
 */
export type Capability =
  | 'account'
  | 'names'
  | 'numbers'
  | 'dialing'
  | 'direction'
  | 'two_calls'
  | 'messages'
  | 'readiness'
  | 'audio'
  | 'audio_by_hand'
  | 'boxes'
  | 'switches'
  | 'voicemail'
  | 'recordings'
  | 'program'
  | 'end_one'
  | 'one_of_two'
  | 'sip_stack'
  | 'hanging'
  | 'at_once';

/** Collects the events of a phone and waits for them. */
export class EventLog {
  readonly events: PhoneEvent[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(phone: Phone) {
    phone.on('event', (event) => {
      this.events.push(event);
      for (const look of [...this.waiting]) look();
    });
  }

  get callEvents(): string[] {
    return this.events.filter(({ call }) => call).map(({ event }) => event);
  }

  named(name: string): PhoneEvent[] {
    return this.events.filter(({ event }) => event === name);
  }

  /** The nth event of this name (1 is the first); rejects after 20 s. */
  async until(name: string, nth = 1): Promise<PhoneEvent> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.named(name)[nth - 1];
        if (!found) return;
        this.waiting.delete(look);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        const seen = this.events.map(({ event }) => event).join(' ');
        reject(new Error(`no event ${name} number ${nth} within 20 s; seen: ${seen}`));
      }, 20_000);
      this.waiting.add(look);
      look();
    });
  }
}
