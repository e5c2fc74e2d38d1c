import { EventEmitter, once } from 'node:events';
import type { Clock } from '../clock';
import type { Call } from './calls/call';
import type { Command, CommandResult } from './commands/command';
import { blockedByBox } from './commands/blocked-by-box';
import { checkedCommand, type CommandRules } from './commands/command-check';
import type { CheckedCommand } from './plan/plan';
import { SerialQueue } from '../serial-queue';
import { readCommand } from './commands/read-command';
import { CommandRunner, type Run } from './commands/command-runner';
import { CommandTrace } from './commands/command-trace';
import type { Connection } from './ports/connection';
import { memoriesOf, type ObserverHost, type ObserverMemories, type PhoneAct } from './ports/observer';
import type { NamesOfNumbers } from './calls/names-of-numbers';
import { DialTails } from './commands/dial-tails';
import { DtmfSender, type DtmfOptions } from './commands/dtmf-sender';
import type { RateLimit } from './guard/limits/rate-limit';
import { dtmfParts } from './guard/values/dtmf-digits';
import { admitted, admittedFinished } from './calls/observed-texts';
import { isOnline, type Observation, type OwnAct } from './ports/observation';
import { immediateRules, requirePermitted } from './commands/permission';
import { PhoneError } from './errors/phone-error';
import type { FinishedCall, Told } from './phone-event';
import type { Phone, PhoneEvents, PhoneSnapshot } from './phone';
import type { Trace } from './ports/trace';
import { toldCall, toldEvent, toldFinished } from './told-times';
import { observeTraced } from './traced-input';
import { CallTracker } from './tracker/call-tracker';
import type { PhoneMemory } from './phone-memory';
import { Provenance } from './provenance';
import type { TrackerOptions } from './tracker/state/tracker-options';

export interface LocalPhoneOptions extends TrackerOptions, CommandRules {
  /** Longest wait in ms for MicroSIP to take a command, from the moment the command is given. */
  timeout: number;
  /** How often it may dial. */
  rate?: RateLimit;
  clock: Clock;
  /** What an earlier phone on the same MicroSIP left. */
  memory?: PhoneMemory | undefined;
  /** Asked for the name of who calls or is called where the network sent none. */
  names?: NamesOfNumbers | undefined;
  /** For who wants to know why. */
  trace?: Trace | undefined;
}

/**
 * A phone whose MicroSIP is within reach of this program: it is watched, understood and given its orders from here. What
 * it has beyond `Phone` is for who made it.
 */
export class LocalPhone extends EventEmitter<PhoneEvents> implements Phone {
  /** Who told what it knows, since it was opened. */
  readonly provenance = new Provenance();
  private readonly queue = new SerialQueue();
  private readonly tracker: CallTracker;
  private readonly dtmf: DtmfSender;
  private readonly tails: DialTails;
  private readonly runner: CommandRunner;
  private phase: 'closed' | 'opening' | 'open' = 'closed';
  private openFailure: PhoneError | undefined;
  private opened: Promise<void> | undefined;
  private generation = 0;
  private commands = 0;
  private cancelAlarm: (() => void) | undefined;
  /** How much more than ours the clock says by which times are told. */
  private ahead: number;
  /** What the observers were left when they were started, and leave when they are stopped. */
  private left: ObserverMemories;

  constructor(
    private readonly connection: Connection,
    private readonly options: LocalPhoneOptions,
  ) {
    super();
    this.setMaxListeners(0);
    this.ahead = options.memory?.ahead ?? options.clock.ahead();
    this.left = options.memory?.observers ?? {};
    this.tracker = new CallTracker({ ...options, presenceSource: connection.presence });
    this.runner = new CommandRunner({
      connection,
      clock: options.clock,
      options,
      tracker: this.tracker,
      act: (act) => {
        this.act(act);
      },
      expectTail: (callId, tail) => {
        this.tails.expect(callId, tail);
      },
      refresh: () => this.refresh(),
      changed: () => once(this, 'change'),
    });
    this.dtmf = new DtmfSender(this.clock, {
      send: (digits, callId, options) =>
        this.queue.run(async () => {
          const command = { type: 'dtmf', digits, ...(callId && { callId }) } as const;
          const sent = await this.perform(command, { deadline: this.deadline(), ...options });
          return sent.callId;
        }),
      use: () => this.runner.use,
    });
    this.tails = new DialTails({
      send: (parts, callId) =>
        this.traced(async (traced) => {
          traced?.step('read', { type: 'tail', callId, parts });
          await this.dtmf.send(parts, callId, { traced });
          traced?.step('done');
        }),
      onFailure: (error) => {
        this.tellProblem(error);
      },
    });
  }

  async open(): Promise<void> {
    const opened = (this.opened ??= this.start());
    try {
      await opened;
    } catch (error) {
      if (this.opened === opened) this.opened = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.phase === 'closed' && !this.opened) return;
    this.generation += 1;
    this.opened = undefined;
    this.setPhase('closed');
    this.act({ type: 'looked_away', time: this.clock.now() });
    this.left = this.leaving();
    this.cancelAlarm?.();
    this.dtmf.stop();
    this.tails.forget();
    await Promise.all(this.connection.observers.map((observer) => observer.stop()));
  }

  /**
   * @param validFor ms in which it may be begun; a command that has to wait longer, behind others or since MicroSIP hangs,
   * is refused with `expired_command`
   */
  execute(given: Command, { validFor }: { validFor?: number | undefined } = {}): Promise<CommandResult> {
    const until = validFor === undefined ? undefined : this.clock.monotonic() + validFor;
    return this.traced(async (traced) => {
      const result = await this.carryOut(given, { until, traced });
      traced?.step('done', result);
      return result;
    });
  }

  snapshot(): PhoneSnapshot {
    const { registration, presence, standingNow } = this.tracker;
    const isSeen = this.phase === 'open' && isOnline(presence);
    const audio = isSeen ? this.connection.surface?.audio() : undefined;
    return {
      presence: this.phase === 'open' ? presence : this.phase,
      time: this.clock.now() + this.ahead,
      ...this.trouble,
      state: this.phase === 'closed' ? 'offline' : this.tracker.state,
      calls: this.tracker.calls.map((call) => toldCall(call, this.ahead)),
      ...(registration && { registration }),
      ...(isSeen && standingNow),
      ...(audio && { audio }),
    };
  }

  /** Of the MicroSIP that runs, or ran last; undefined when the link cannot tell. */
  get microsipVersion(): readonly number[] | undefined {
    return this.connection.link?.version?.();
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

  /** The open calls and those that ended lately, with times by our clock. */
  knownCalls(): Call[] {
    return this.tracker.knownCalls;
  }

  /** What the next phone on the same MicroSIP needs so that no call begins or ends twice. */
  memory(): PhoneMemory {
    const observers = this.phase === 'closed' ? this.left : this.leaving();
    return { ...this.tracker.memory(), ahead: this.ahead, observers };
  }

  private async start(): Promise<void> {
    const generation = ++this.generation;
    this.openFailure = undefined;
    this.provenance.forget();
    this.setPhase('opening');
    const host = this.hostOf(generation);
    try {
      await Promise.all(this.connection.observers.map((observer) => observer.start(host)));
    } catch (error) {
      const startedAgain = this.generation !== generation && this.opened !== undefined;
      if (!startedAgain) await Promise.allSettled(this.connection.observers.map((observer) => observer.stop()));
      if (this.generation === generation) {
        this.openFailure = error instanceof PhoneError ? error : new PhoneError('unsupported');
        this.trace?.note({ kind: 'problem', error: this.openFailure });
        this.setPhase('closed');
      }
      throw error;
    }
    if (this.generation !== generation) throw new PhoneError('closed', 'closing');
    this.act({ type: 'looked_around', time: this.clock.now() });
    this.setPhase('open');
  }

  /** What a history found out is told also when the phone has been closed meanwhile: it tells nothing twice. */
  private hostOf(generation: number): ObserverHost {
    return {
      clock: this.clock,
      report: (seen) => {
        if (this.generation === generation) this.observe(admitted(seen, this.options));
      },
      finished: (finished) => {
        this.tellFinished(admittedFinished(finished, this.options));
      },
      problem: (problem) => {
        this.tellProblem(problem);
      },
      knownCalls: () => this.tracker.knownCalls,
      singleMode: () => this.tracker.singleMode,
      remembered: (name) => this.left[name],
      looked: this.trace && ((source, shows) => this.trace?.note({ kind: 'look', source, shows })),
    };
  }

  private setPhase(phase: 'closed' | 'opening' | 'open'): void {
    this.phase = phase;
    this.trace?.note({ kind: 'phone', is: phase });
    this.emit('change');
  }

  private observe(input: Observation | OwnAct): void {
    const now = this.clock.now();
    // While a call goes on its times stay by one clock, so that they agree with each other.
    if (this.tracker.calls.length === 0) this.ahead = this.clock.ahead();
    const { trace, tracker } = this;
    const told = trace ? observeTraced(trace, tracker, input, now) : tracker.observe(input, now);
    this.provenance.note(input, told, tracker.conclusions);
    this.arm(now);
    this.emit('change');
    for (const one of told) this.tell(one);
  }

  private leaving(): ObserverMemories {
    return { ...this.left, ...memoriesOf(this.connection.observers) };
  }

  private act(act: OwnAct): void {
    this.observe(act);
    this.note(act);
  }

  private note(act: PhoneAct): void {
    for (const observer of this.connection.observers) observer.note?.(act);
  }

  private tell(told: Told): void {
    if ('finished' in told) {
      this.tellFinished(toldFinished(told.finished, this.ahead));
      return;
    }
    const { event } = told;
    // Before a flow that sends digits of its own at the answer.
    this.tails.note(event);
    this.emit('event', toldEvent(event, this.ahead));
    this.note({ type: 'told', event });
  }

  private tellFinished(finished: FinishedCall): void {
    this.trace?.note({ kind: 'finished', finished });
    this.emit('finished', finished);
  }

  private tellProblem(error: PhoneError): void {
    this.trace?.note({ kind: 'problem', error });
    this.emit('problem', error);
  }

  /** Has a command tell how far it comes; nothing is done for that when nobody asks. */
  private async traced<T>(run: (traced: CommandTrace | undefined) => Promise<T>): Promise<T> {
    const { trace } = this;
    if (!trace) return run(undefined);
    const traced = new CommandTrace(trace, this.clock, ++this.commands);
    try {
      return await run(traced);
    } catch (error) {
      traced.failed(error);
      throw error;
    }
  }

  /** Some conclusions are drawn from nothing having happened for a while. */
  private arm(now: number): void {
    this.cancelAlarm?.();
    const { deadline } = this.tracker;
    if (deadline === undefined || this.phase === 'closed') return;
    this.cancelAlarm = this.clock.after(Math.max(1, deadline - now), () => {
      this.act({ type: 'time_passed', time: this.clock.now() });
    });
  }

  private get trace(): Trace | undefined {
    return this.options.trace;
  }

  private get clock(): Clock {
    return this.options.clock;
  }

  private get trouble(): Pick<PhoneSnapshot, 'problem' | 'problemText'> | undefined {
    if (this.phase !== 'closed') return this.tracker.trouble;
    return this.openFailure && { problem: this.openFailure.code };
  }

  private async carryOut(given: Command, options: DtmfOptions): Promise<CommandResult> {
    const { traced } = options;
    const command = readCommand(given);
    traced?.step('read', command);
    const { link } = this.connection;
    if (!link) throw new PhoneError('unsupported', 'observe_only');
    if (command.type === 'dtmf') {
      const parts = dtmfParts(command.digits);
      this.requireOpen();
      const callId = await this.dtmf.send(parts, command.callId ?? this.runner.callForDigits, options);
      return { callId };
    }
    const checked = checkedCommand(command, { ...this.options, rules: immediateRules(this.options.rules, link) });
    this.requireOpen();
    const deadline = this.deadline();
    return this.queue.run(() => this.perform(checked, { deadline, ...options }));
  }

  private async perform(command: CheckedCommand, run: Omit<Run, 'stillOpen'>): Promise<CommandResult> {
    const { generation } = this;
    // What MicroSIP does to numbers is known from the first look on.
    await this.opened;
    await requirePermitted(command, this.options.rules, this.connection.link);
    run.traced?.step('permitted');
    const box = this.connection.surface?.box?.();
    try {
      await this.requireReachable(command);
      return await this.runner.run(command, { ...run, stillOpen: () => this.generation === generation });
    } catch (error) {
      throw blockedByBox(error, box, this.connection.surface);
    }
  }

  private async refresh(): Promise<void> {
    await Promise.all(this.connection.observers.map((observer) => observer.refresh()));
  }

  private async requireReachable(command: CheckedCommand): Promise<void> {
    const reachable = (): boolean => isOnline(this.tracker.presence);
    if (!reachable()) await this.refresh();
    this.requireOpen();
    const { problem = 'not_running' } = this.tracker.absence ?? {};
    if (command.type === 'app' && command.action === 'start' && problem === 'not_running') return;
    if (this.tracker.presence === 'starting') throw new PhoneError('not_ready');
    if (reachable()) return;
    throw problem === 'not_running' ? new PhoneError(problem, this.connection.absence) : new PhoneError(problem);
  }

  private requireOpen(): void {
    if (this.phase === 'closed') throw this.openFailure ?? new PhoneError('closed');
  }

  private deadline(): number {
    return this.clock.now() + this.options.timeout;
  }
}
