import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Link } from '../links/link';
import type { Call, PhoneState, Registration, Source } from './call';
import type { Command, CommandResult } from './command';
import { checkedCommand, type CommandRules } from './command-check';
import { isNotShownYet, plan, type CheckedCommand, type Plan, type PlanView } from './command-plan';
import { CommandQueue } from './command-queue';
import { DtmfSender } from './dtmf-sender';
import { DialRate, type RateLimit } from './guard/dial-rate';
import { calledNumber } from './guard/dial-target';
import { dtmfParts } from './guard/dtmf-digits';
import { outcomeOf, type OutcomeView } from './outcome';
import { isOnline, type Observation, type Observer, type OwnAct, type Presence } from './observation';
import { PhoneError, type ErrorCode } from './phone-error';
import type { FinishedCall, PhoneEvent } from './phone-event';
import type { Surface } from './surface';
import { CallTracker } from './tracker/call-tracker';
import type { TrackerMemory } from './tracker/tracker-memory';
import type { TrackerOptions } from './tracker/tracker-options';

export interface PhoneOptions extends TrackerOptions, CommandRules {
  /** Longest wait in ms for MicroSIP to take a command, from the moment the command is given. */
  timeout: number;
  /** How often it may dial. */
  rate?: RateLimit;
  now: () => number;
}

/** The two directions of a connection to one MicroSIP. */
export interface Connection {
  /** Without one the phone takes no commands. */
  link?: Link;
  /** The source whose keys of calls the link understands. */
  source: Source;
  observers: readonly Observer[];
  /** What there is to say when the peer is not there: the reason of the error `not_running`. */
  absence?: string;
  /** Absent: the peer shows neither its window nor its mute boxes and levels. */
  surface?: Surface;
}

export interface PhoneSnapshot {
  /** `closed`: not open; `opening`: the first look is still under way. */
  presence: Presence | 'closed' | 'opening';
  problem?: ErrorCode;
  state: PhoneState;
  /** Open calls, the most urgent first. */
  calls: Call[];
  registration?: Registration;
}

interface PhoneEvents {
  event: [PhoneEvent];
  /** For call logs: each call that is over, also those that had no events. */
  finished: [FinishedCall];
  /** Something that the phone does without: a source of knowledge that failed. */
  problem: [PhoneError];
  /** The snapshot may have changed. */
  change: [];
}

/** ms between two looks for what a command waits for, when nothing happens by itself. */
const LOOK_AGAIN = 50;
/** A dial whose call has not been seen after this time (ms) no longer holds up the commands behind it. */
const DIAL_SETTLES = 1500;
/** What may come later than any command can wait is waited for this long (ms). */
const UNSURE_WAIT = 500;
/** Starting MicroSIP, or ending it with its calls, takes at most this long (ms), whatever the phone's time-out. */
const PROGRAM_TAKES = 15_000;

/** One MicroSIP: takes commands, tells what happens. The only thing that nodes and programs talk to. */
export class Phone extends EventEmitter<PhoneEvents> {
  private readonly queue = new CommandQueue();
  private readonly tracker: CallTracker;
  private readonly dtmf: DtmfSender;
  private readonly rate: DialRate;
  private phase: 'closed' | 'opening' | 'open' = 'closed';
  private openFailure: PhoneError | undefined;
  private opened: Promise<void> | undefined;
  private generation = 0;
  private alarm: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly options: PhoneOptions,
  ) {
    super();
    this.setMaxListeners(0);
    this.tracker = new CallTracker({ ...options, awaitsWindows: ['window', 'status'].includes(connection.source) });
    this.rate = new DialRate(options.rate);
    this.dtmf = new DtmfSender((digits, callId) =>
      this.queue.run(async () => {
        const sent = await this.perform({ type: 'dtmf', digits, ...(callId && { callId }) }, this.deadline());
        return sent.callId;
      }),
    );
  }

  /**
   * Starts watching. Resolves when the state of MicroSIP is known, also when MicroSIP is not there.
   * @throws PhoneError `unsupported`, when this computer cannot have such a connection
   */
  async open(): Promise<void> {
    this.opened ??= this.start();
    try {
      await this.opened;
    } catch (error) {
      this.opened = undefined;
      throw error;
    }
  }

  /** Commands that are under way fail with `closed`. May be opened again. */
  async close(): Promise<void> {
    if (this.phase === 'closed' && !this.opened) return;
    this.generation += 1;
    this.opened = undefined;
    this.setPhase('closed');
    this.observe({ type: 'looked_away', time: this.options.now() });
    clearTimeout(this.alarm);
    this.dtmf.stop();
    await Promise.all(this.connection.observers.map((observer) => observer.stop()));
  }

  /**
   * Carries out one command after those given before it.
   * @returns when MicroSIP has taken it
   * @throws PhoneError with any of the codes of design section 5
   */
  async execute(command: Command): Promise<CommandResult> {
    if (!this.connection.link) throw new PhoneError('unsupported', 'observe_only');
    if (command.type === 'dtmf') {
      const parts = dtmfParts(command.digits);
      this.requireOpen();
      const callId = await this.dtmf.send(parts, command.callId);
      return { callId };
    }
    const checked = checkedCommand(command, this.options);
    this.requireOpen();
    const deadline = this.deadline();
    return this.queue.run(() => this.perform(checked, deadline));
  }

  snapshot(): PhoneSnapshot {
    const { registration, presence } = this.tracker;
    const problem = this.problem;
    return {
      presence: this.phase === 'open' ? presence : this.phase,
      ...(problem && { problem }),
      state: this.phase === 'closed' ? 'offline' : this.tracker.state,
      calls: this.tracker.calls,
      ...(registration && { registration }),
    };
  }

  /** The key by which the link knows an open call. */
  keyOf(callId: string): string | undefined {
    return this.tracker.keyOf(callId, this.connection.source);
  }

  /** The id of the open call that the link knows by this key, after everything under way has been seen. */
  async callIdOf(key: string): Promise<string | undefined> {
    await this.refresh();
    return this.tracker.callIdOf(this.connection.source, key);
  }

  /** The open calls and those that ended lately. */
  knownCalls(): Call[] {
    return this.tracker.knownCalls;
  }

  /** Whether MicroSIP takes only one call besides ringing ones; undefined as long as nobody has seen it. */
  get singleMode(): boolean | undefined {
    return this.tracker.singleMode;
  }

  /** A call that only a call history tells of. */
  noteFinished(finished: FinishedCall): void {
    const numberE164 = finished.call.number === undefined ? undefined : this.options.e164?.(finished.call.number);
    this.emit('finished', { ...finished, call: { ...finished.call, ...(numberE164 !== undefined && { numberE164 }) } });
  }

  /** What the next phone on the same MicroSIP needs so that no call begins or ends twice. */
  memory(): TrackerMemory {
    return this.tracker.memory();
  }

  private async start(): Promise<void> {
    const generation = ++this.generation;
    this.openFailure = undefined;
    this.setPhase('opening');
    const report = (seen: Observation): void => {
      if (this.generation === generation) this.observe(seen);
    };
    try {
      await Promise.all(this.connection.observers.map((observer) => observer.start(report)));
    } catch (error) {
      await Promise.allSettled(this.connection.observers.map((observer) => observer.stop()));
      if (this.generation === generation) {
        this.openFailure = error instanceof PhoneError ? error : new PhoneError('unsupported');
        this.setPhase('closed');
      }
      throw error;
    }
    if (this.generation !== generation) throw new PhoneError('closed', 'closing');
    this.observe({ type: 'looked_around', time: this.options.now() });
    this.setPhase('open');
  }

  private setPhase(phase: 'closed' | 'opening' | 'open'): void {
    this.phase = phase;
    this.emit('change');
  }

  private observe(input: Observation | OwnAct): void {
    const now = this.options.now();
    if (input.type === 'call_refused') {
      const refused = this.tracker.refused(input, now);
      if (refused) this.emit('finished', refused);
      return;
    }
    const events = this.tracker.observe(input, now);
    this.arm(now);
    this.emit('change');
    for (const event of events) this.tell(event);
  }

  private tell(event: PhoneEvent): void {
    const { call, source, confidence } = event;
    this.emit('event', event);
    for (const observer of this.connection.observers) observer.noteEvent?.(event);
    if (event.event !== 'ended' || !call) return;
    this.emit('finished', { call: { ...call }, replayed: false, source, confidence });
  }

  /** Some conclusions are drawn from nothing having happened for a while. */
  private arm(now: number): void {
    clearTimeout(this.alarm);
    const { deadline } = this.tracker;
    if (deadline === undefined || this.phase === 'closed') return;
    this.alarm = setTimeout(
      () => {
        this.observe({ type: 'time_passed', time: this.options.now() });
      },
      Math.max(1, deadline - now),
    );
  }

  private get problem(): ErrorCode | undefined {
    return this.phase === 'closed' ? this.openFailure?.code : this.tracker.problem;
  }

  private async perform(command: CheckedCommand, deadline: number): Promise<CommandResult> {
    const generation = this.generation;
    await this.requireReachable(command);
    await this.settleCalls(deadline);
    const todo = await this.planWithFreshEyes(command, deadline);
    this.connection.link?.refuse?.(todo.actions);
    if (command.type === 'dial') this.rate.check(this.options.now());
    for (const [index, action] of todo.actions.entries()) {
      if (this.generation !== generation) throw new PhoneError('closed', 'closing');
      const left = deadline - this.options.now();
      if (left <= 0) throw new PhoneError('timeout', 'default', { timeout: this.options.timeout });
      await this.connection.link?.deliver(action, left);
      if (index === 0) this.noteEnds(todo);
    }
    const callId = command.type === 'dial' ? this.noteDial(command.target) : todo.callId;
    const verified = await this.verify(command, { ...todo, ...(callId !== undefined && { callId }) }, deadline);
    const audio = command.type === 'audio' ? this.connection.surface?.audio()?.[command.device] : undefined;
    return { ...(callId !== undefined && { callId }), ...(!verified && { verified }), ...(audio && { audio }) };
  }

  /**
   * @returns false when no source can show whether the command had its effect
   * @throws PhoneError `timeout` when it did not have it in time, `no_call` when its call ended first
   */
  private async verify(command: CheckedCommand, todo: Plan, deadline: number): Promise<boolean> {
    const sent = this.options.now();
    const latest = Math.max(deadline, sent + effectTakes(command));
    for (;;) {
      const outcome = outcomeOf(command, todo, this.outcomeView());
      const now = this.options.now();
      if (outcome === 'came' || outcome === 'unseen') return outcome === 'came';
      if (outcome === 'gone') throw new PhoneError('no_call', 'ended');
      if (this.phase === 'closed') throw new PhoneError('closed', 'closing');
      if (outcome === 'unsure' && now >= sent + UNSURE_WAIT) return false;
      if (now >= latest) throw new PhoneError('timeout', 'no_effect');
      await this.lookAgain();
    }
  }

  /**
   * What was seen may be up to one poll old, so a refusal is only given after a second look, and more of them while
   * MicroSIP is about to show a call. What only toggles or moves would do the opposite of what is wanted if it went by an
   * old look.
   */
  private async planWithFreshEyes(command: CheckedCommand, deadline: number): Promise<Plan> {
    if (command.type === 'hold' || command.type === 'audio') await this.refresh();
    try {
      return plan(command, this.planView());
    } catch {
      await this.refresh();
    }
    for (;;) {
      try {
        return plan(command, this.planView());
      } catch (error) {
        if (!isNotShownYet(error) || this.options.now() >= deadline) throw error;
      }
      await this.lookAgain();
      if (this.phase === 'closed') throw new PhoneError('closed', 'closing');
    }
  }

  private planView(): PlanView {
    const { calls, registration, presence, singleMode = true } = this.tracker;
    const { surface } = this.connection;
    return { calls, registration, singleMode, presence, surface, keyOf: (callId) => this.keyOf(callId) };
  }

  private outcomeView(): OutcomeView {
    const { calls, knownCalls, presence } = this.tracker;
    const { link, surface } = this.connection;
    return { calls, knownCalls, presence, surface, confirmsDial: link?.confirmsDial ?? false };
  }

  private noteEnds({ ends = [] }: Plan): void {
    for (const callId of ends) this.observe({ type: 'hangup_sent', time: this.options.now(), callId });
    if (ends.length > 0) for (const observer of this.connection.observers) observer.noteHangup?.();
  }

  private noteDial(target: string): string {
    this.rate.note(this.options.now());
    const callId = this.options.nextCallId();
    const number = calledNumber(target);
    this.observe({ type: 'dial_sent', time: this.options.now(), callId, number });
    for (const observer of this.connection.observers) observer.noteDial?.(number);
    return callId;
  }

  /** A call that nobody has told of yet counts: that of a dial that MicroSIP has only just taken, or one just seen. */
  private async settleCalls(deadline: number): Promise<void> {
    const until = Math.min(deadline, this.options.now() + DIAL_SETTLES);
    const pending = (): boolean =>
      this.tracker.pendingDials(this.options.now(), DIAL_SETTLES) > 0 || this.tracker.hasWaiting;
    while (pending() && this.options.now() < until && this.phase === 'open') {
      await this.refresh();
      if (pending()) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  private async lookAgain(): Promise<void> {
    await Promise.race([once(this, 'change'), sleep(LOOK_AGAIN)]);
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    await Promise.all(this.connection.observers.map((observer) => observer.refresh()));
  }

  private async requireReachable(command: CheckedCommand): Promise<void> {
    await this.opened;
    const reachable = (): boolean => isOnline(this.tracker.presence);
    if (!reachable()) await this.refresh();
    this.requireOpen();
    if (command.type === 'app' && command.action === 'start' && (this.problem ?? 'not_running') === 'not_running')
      return;
    if (this.tracker.presence === 'starting') throw new PhoneError('not_ready');
    const { problem = 'not_running' } = this;
    if (!reachable()) throw new PhoneError(problem, problem === 'not_running' ? this.connection.absence : undefined);
  }

  private requireOpen(): void {
    if (this.phase === 'closed') throw this.openFailure ?? new PhoneError('closed');
  }

  private deadline(): number {
    return this.options.now() + this.options.timeout;
  }
}

/** ms; a source may show the effect of these later than a command may take */
function effectTakes(command: CheckedCommand): number {
  if (command.type === 'dial') return DIAL_SETTLES;
  return command.type === 'app' && (command.action === 'start' || command.action === 'exit') ? PROGRAM_TAKES : 0;
}
