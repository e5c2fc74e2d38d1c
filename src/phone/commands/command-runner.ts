import type { LinkAction } from '../ports/link';
import { pause, type Clock } from '../../clock';
import { withinTime } from '../../within-time';
import type { Source } from '../calls/call';
import type { CommandResult } from './command';
import { ConferenceMemory } from './conference-memory';
import type { CommandTrace } from './command-trace';
import { mayShowWithin, plan } from '../plan/command-plan';
import type { CheckedCommand, Plan, PlanView } from '../plan/plan';
import type { Connection } from '../ports/connection';
import { DialRate, type Reaching } from '../guard/limits/dial-rate';
import type { RateLimit } from '../guard/limits/rate-limit';
import { calledNumber } from '../guard/targets/dial-target';
import type { DtmfPart } from '../guard/values/dtmf-digits';
import { freshUse, useOf, type PeerUse } from '../guard/limits/peer-use';
import type { OwnAct } from '../ports/observation';
import { effectOf, type Effect, type EffectView } from './effect';
import { PhoneError } from '../errors/phone-error';
import type { CallTracker } from '../tracker/call-tracker';

/** What a command needs of its phone while it is carried out. */
export interface RunningPhone {
  connection: Connection;
  clock: Clock;
  options: {
    /** Longest wait in ms for MicroSIP to take a command. */
    timeout: number;
    rate?: RateLimit;
    nextCallId: () => string;
  };
  tracker: CallTracker;
  /** Notes what it did. */
  act(act: OwnAct): void;
  /** Digits to be sent when this call is answered. */
  expectTail(callId: string, tail: readonly DtmfPart[]): void;
  /** Has all observers look now. */
  refresh(): Promise<void>;
  /** Resolves with the next thing that happens. */
  changed(): Promise<unknown>;
}

/** What the carrying out of one command goes by. */
export interface Run {
  deadline: number;
  /** By the monotonic clock, ms: from then on nothing of it is begun. */
  until?: number | undefined;
  /** False as soon as the phone was closed, even if it is open again. */
  stillOpen: () => boolean;
  traced?: CommandTrace | undefined;
}

/** These see of all calls whether they are on hold, not only of that of the selected tab. */
const SEE_HOLD: readonly Source[] = ['log', 'simulator'];
/** ms between two looks for what a command waits for, when nothing happens by itself. */
const LOOK_AGAIN = 50;
/** Sent again, these would undo what they did. */
const REPEATED: readonly CheckedCommand['type'][] = ['hold', 'audio', 'feature', 'conference'];
/** A dial whose call has not been seen after this time (ms) no longer holds up the commands behind it. */
const DIAL_SETTLES = 1500;
/** What may come later than any command can wait is waited for this long (ms). */
const UNSURE_WAIT = 500;
/** Starting MicroSIP, or ending it with its calls, takes at most this long (ms), whatever the phone's time-out. */
const PROGRAM_TAKES = 15_000;

/** Plans commands by what is seen, has them delivered, and looks for their effect. One at a time. */
export class CommandRunner {
  private readonly ownUse = freshUse();
  private readonly conference = new ConferenceMemory();

  constructor(private readonly phone: RunningPhone) {}

  /** What was asked of the MicroSIP that this phone is connected to now. */
  get use(): PeerUse {
    const peer = this.phone.connection.link?.peer?.();
    return peer === undefined ? this.ownUse : useOf(peer);
  }

  /** The call that digits are meant for at this moment: after a pause it may be another one. */
  get callForDigits(): string | undefined {
    try {
      return plan({ type: 'dtmf', digits: '' }, this.planView()).callId;
    } catch (error) {
      if (!(error instanceof PhoneError)) throw error;
      return undefined;
    }
  }

  /**
   * Carries out one command of a phone that is open and whose MicroSIP is there.
   * @returns when MicroSIP has taken it, or when its effect was seen
   */
  async run(command: CheckedCommand, run: Run): Promise<CommandResult> {
    const { deadline, stillOpen, traced } = run;
    await this.settleCalls(deadline, stillOpen);
    const todo = await this.planWithFreshEyes(command, deadline, stillOpen);
    traced?.step('planned', { callId: todo.callId, actions: todo.actions.map((action) => action.do).join(',') });
    await this.phone.connection.link?.refuse?.(todo.actions);
    // What is not even sent does not count.
    this.requireBeginning(run);
    const takeBack = this.count(command);
    for (const [index, action] of todo.actions.entries()) {
      // What has been begun in time is brought to its end.
      const left = index === 0 ? this.requireBeginning(run) : this.requireTime(run);
      try {
        traced?.step('deliver', action);
        await this.deliver(action, left, todo);
        traced?.step('delivered', { do: action.do });
      } catch (error) {
        if (!mayHaveArrived(error)) takeBack();
        throw error;
      }
      if (index === 0) this.noteEnds(todo);
      this.noteConference(action, todo);
    }
    const callId = command.type === 'dial' ? this.noteDial(command) : todo.callId;
    const promised = { ...todo, ...(callId !== undefined && { callId }) };
    const verified = await this.verify(command, promised, run);
    const audio = command.type === 'audio' ? this.phone.connection.surface?.audio()?.[command.device] : undefined;
    const features = command.type === 'feature' ? this.phone.connection.surface?.features?.() : undefined;
    return {
      ...(callId !== undefined && { callId }),
      ...(!verified && { verified }),
      ...(audio && { audio }),
      ...(features && { features }),
    };
  }

  /**
   * @returns false when no source can show whether the command had its effect
   * @throws PhoneError `timeout` when it did not have it in time, `no_call` when its call ended first
   */
  private async verify(command: CheckedCommand, todo: Plan, { deadline, stillOpen, traced }: Run): Promise<boolean> {
    const sent = this.phone.clock.now();
    const latest = Math.max(deadline, sent + effectTakes(command));
    let before: Effect | undefined;
    // Nothing tells that a button is pressed, but it shows it at once.
    if (command.type === 'feature' && todo.actions.length > 0) await this.phone.refresh();
    for (;;) {
      const effect = effectOf(command, todo, this.effectView());
      const now = this.phone.clock.now();
      if (effect !== before) traced?.step('looked', { effect });
      before = effect;
      if (effect === 'came' || effect === 'unseen') return effect === 'came';
      if (effect === 'gone') throw new PhoneError('no_call', 'ended');
      if (effect === 'awaited' && starts(command) && this.phone.tracker.absence?.problem === 'expired')
        throw new PhoneError('expired');
      requireOpen(stillOpen);
      if (effect === 'unsure' && now >= sent + UNSURE_WAIT) return false;
      if (now >= latest) throw new PhoneError('timeout', 'no_effect');
      await this.lookAgain();
    }
  }

  /**
   * What was seen may be up to one poll old, so a refusal is only given after a second look, and more of them while
   * MicroSIP is about to show a call.
   */
  private async planWithFreshEyes(command: CheckedCommand, deadline: number, stillOpen: () => boolean): Promise<Plan> {
    const began = this.phone.clock.now();
    if (REPEATED.includes(command.type)) await this.phone.refresh();
    try {
      return plan(command, this.planView());
    } catch (error) {
      if (!(error instanceof PhoneError)) throw error;
      await this.phone.refresh();
    }
    for (;;) {
      const view = this.planView();
      try {
        return plan(command, view);
      } catch (error) {
        if (this.phone.clock.now() >= Math.min(deadline, began + mayShowWithin(error, view))) throw error;
      }
      await this.lookAgain();
      requireOpen(stillOpen);
    }
  }

  /**
   * Counts what reaches people before it is sent, so that not even two phones do it at the same moment.
   * @returns takes that back
   * @throws PhoneError `refused` when it is one too many
   */
  private count({ type }: CheckedCommand): () => void {
    if (!isReaching(type)) return () => undefined;
    const rate = new DialRate(this.phone.options.rate, this.use.reached);
    const now = this.phone.clock.monotonic();
    rate.check(now, type);
    return rate.note(now, type);
  }

  /**
   * MicroSIP may begin to hang, or the commands before may have taken long.
   * @returns ms in which the first action has to be delivered
   * @throws PhoneError `closed`, `expired_command`, `timeout`
   */
  private requireBeginning(run: Run): number {
    const { until = Infinity } = run;
    const valid = Math.ceil(until - this.phone.clock.monotonic());
    if (valid <= 0) throw new PhoneError('expired_command', 'waited');
    return Math.min(valid, this.requireTime(run));
  }

  /**
   * @returns ms until the deadline
   * @throws PhoneError `closed`, `timeout`
   */
  private requireTime({ deadline, stillOpen }: Run): number {
    requireOpen(stillOpen);
    const left = deadline - this.phone.clock.now();
    if (left <= 0) throw new PhoneError('timeout', 'default', { timeout: this.phone.options.timeout });
    return left;
  }

  private planView(): PlanView {
    const { calls, registration, presence, singleMode = true } = this.phone.tracker;
    const { source, surface } = this.phone.connection;
    return {
      calls,
      registration,
      singleMode,
      presence,
      surface,
      isModeSeen: this.phone.tracker.singleMode !== undefined,
      selected: this.selectedTab(),
      seesHold: (callId) => this.seesHold(callId),
      inConference: (callId) =>
        this.shownInConference(callId) ??
        this.conference.isMember(
          callId,
          calls.map((call) => call.callId),
        ),
      keyOf: (callId) => this.phone.tracker.keyOf(callId, source),
    };
  }

  /** Undefined also when it has a call that nobody knows. */
  private selectedTab(): PlanView['selected'] {
    const { source, surface } = this.phone.connection;
    const { tab, hasCall, key } = surface?.selected?.() ?? {};
    const callId = key === undefined ? undefined : this.phone.tracker.callIdOf(source, key);
    if (tab === undefined || (hasCall && callId === undefined)) return undefined;
    return { tab, ...(callId !== undefined && { callId }) };
  }

  private effectView(): EffectView {
    const { calls, knownCalls, presence } = this.phone.tracker;
    const { link, surface } = this.phone.connection;
    return {
      calls,
      knownCalls,
      presence,
      surface,
      selected: this.selectedTab(),
      seesHold: (callId) => this.seesHold(callId),
      inConference: (callId) => this.shownInConference(callId),
      confirmsDial: link?.confirmsDial ?? false,
    };
  }

  private seesHold(callId: string): boolean {
    return SEE_HOLD.some((one) => this.phone.tracker.keyOf(callId, one) !== undefined);
  }

  private shownInConference(callId: string): boolean | undefined {
    const { source, surface } = this.phone.connection;
    const key = this.phone.tracker.keyOf(callId, source);
    return key === undefined ? undefined : surface?.inConference?.(key);
  }

  /** MicroSIP may have left a call that it sends on before it says that it has taken the order. */
  private async deliver(action: LinkAction, longest: number, { callId }: Plan): Promise<void> {
    const { connection, clock } = this.phone;
    const sentOn = action.do === 'transfer' ? callId : undefined;
    if (sentOn !== undefined && action.do === 'transfer') {
      const target = calledNumber(action.target);
      this.phone.act({ type: 'transfer_sent', time: clock.now(), callId: sentOn, target });
    }
    try {
      await connection.link?.deliver(action, longest);
    } catch (error) {
      if (sentOn !== undefined) this.phone.act({ type: 'transfer_failed', time: clock.now(), callId: sentOn });
      throw error;
    }
  }

  private noteEnds({ ends = [] }: Plan): void {
    for (const callId of ends) this.phone.act({ type: 'hangup_sent', time: this.phone.clock.now(), callId });
  }

  private noteConference({ do: done }: LinkAction, { callId, merges = [] }: Plan): void {
    if (done === 'separate' && callId !== undefined) this.conference.separated(callId);
    if (done !== 'merge') return;
    this.conference.merged(merges);
    this.phone.act({ type: 'merge_sent', time: this.phone.clock.now() });
  }

  private noteDial({ target, tail }: Extract<CheckedCommand, { type: 'dial' }>): string {
    const callId = this.phone.options.nextCallId();
    if (tail) this.phone.expectTail(callId, tail);
    const number = calledNumber(target);
    this.phone.act({ type: 'dial_sent', time: this.phone.clock.now(), callId, number });
    return callId;
  }

  /** A call that nobody has told of yet counts: that of a dial that MicroSIP has only just taken, or one just seen. */
  private async settleCalls(deadline: number, stillOpen: () => boolean): Promise<void> {
    const until = Math.min(deadline, this.phone.clock.now() + DIAL_SETTLES);
    const pending = (): boolean =>
      this.phone.tracker.pendingDials(this.phone.clock.now(), DIAL_SETTLES) > 0 || this.phone.tracker.hasWaiting;
    while (pending() && this.phone.clock.now() < until && stillOpen()) {
      await this.phone.refresh();
      if (pending()) await pause(this.phone.clock, 20);
    }
  }

  private async lookAgain(): Promise<void> {
    await withinTime(this.phone.changed(), LOOK_AGAIN, { clock: this.phone.clock });
    await this.phone.refresh();
  }
}

function isReaching(type: CheckedCommand['type']): type is Reaching {
  return type === 'dial' || type === 'message' || type === 'transfer';
}

/** A MicroSIP that did not answer in time may have taken it all the same. */
function mayHaveArrived(error: unknown): boolean {
  return error instanceof PhoneError && error.code === 'timeout';
}

function requireOpen(stillOpen: () => boolean): void {
  if (!stillOpen()) throw new PhoneError('closed', 'closing');
}

function starts(command: CheckedCommand): boolean {
  return command.type === 'app' && command.action === 'start';
}

/** ms; a source may show the effect of these later than a command may take */
function effectTakes(command: CheckedCommand): number {
  if (command.type === 'dial') return DIAL_SETTLES;
  return command.type === 'app' && (command.action === 'start' || command.action === 'exit') ? PROGRAM_TAKES : 0;
}
