import { EventEmitter } from 'node:events';
import type { Clock } from '../clock';
import type { Call } from '../phone/calls/call';
import { namedByContacts, type KnownNumbers } from '../phone/calls/contact-name';
import type { Command, CommandResult } from '../phone/commands/command';
import { checkedCommand } from '../phone/commands/command-check';
import { readCommand } from '../phone/commands/read-command';
import { PhoneError } from '../phone/errors/phone-error';
import type { DialRules } from '../phone/guard/rules/dial-rules';
import type { Phone, PhoneEvents, PhoneSnapshot } from '../phone/phone';
import { isCallEvent, type FinishedCall, type PhoneEvent } from '../phone/phone-event';
import { answerTime } from './answer-time';
import type { Fleet } from './reader/fleet';
import { LateCallLog } from './reader/late-call-log';
import { ToldPhone } from './reader/told-phone';

/** ms; longer than the fleet waits, which may know more of a call */
const LATE_CALL = 6000;

/** What a remote phone is reached by; for the time in which it is open. */
export interface FleetAccess {
  open(): Fleet;
  close(): void;
}

export interface RemotePhoneOptions {
  /** By which its agent has it. */
  id: string;
  /** ms that MicroSIP may take for a command, where the agent is */
  timeout: number;
  clock: Clock;
  /** Asked besides those of the agent, which alone knows what MicroSIP makes of a number. */
  rules: DialRules;
  /** Whose numbers they are, for calls that the network and the agent have no name for. */
  known?: KnownNumbers | undefined;
  /** What was told by an earlier phone with this id, so that no call begins or ends twice: `remote.told`. */
  told?: ToldPhone;
}

/**
 * A phone that an agent has. Commands go there as they are, and what happens comes from there: nothing is planned or
 * tracked here.
 */
export class RemotePhone extends EventEmitter<PhoneEvents> implements Phone {
  /** What its listeners know. */
  readonly told: ToldPhone;
  private readonly lateCalls: LateCallLog;
  private fleet: Fleet | undefined;
  private phase: 'closed' | 'opening' | 'open' = 'closed';
  private opened: Promise<void> | undefined;
  /** It is not known yet what happened while nobody looked. */
  private mustCatchUp = false;
  private stopFollowing: (() => void) | undefined;
  /** Commands that are not over when it is closed. */
  private readonly underWay = new Set<() => void>();

  constructor(
    private readonly access: FleetAccess,
    private readonly options: RemotePhoneOptions,
  ) {
    super();
    this.setMaxListeners(0);
    this.told = options.told ?? new ToldPhone();
    this.lateCalls = new LateCallLog(options.clock, LATE_CALL, this.told.unlogged, (finished) => {
      this.tellFinished(finished);
    });
  }

  get id(): string {
    return this.options.id;
  }

  open(): Promise<void> {
    this.opened ??= this.start();
    return this.opened;
  }

  close(): Promise<void> {
    if (this.phase === 'closed') return Promise.resolve();
    const time = this.time;
    this.leave();
    this.tell(this.told.lookAway(time));
    return Promise.resolve();
  }

  async execute(given: Command): Promise<CommandResult> {
    const command = readCommand(given);
    const { id, timeout, rules } = this.options;
    if (command.type !== 'dtmf' && rules.allow.length + rules.deny.length > 0) checkedCommand(command, { rules });
    if (this.phase === 'closed') throw new PhoneError('closed');
    return this.unlessClosed(async () => {
      await this.opened;
      if (!this.fleet) throw new PhoneError('closed', 'closing');
      return this.fleet.send(id, command, { timeout: answerTime(command, timeout) });
    });
  }

  snapshot(): PhoneSnapshot {
    const { fleet, time } = this;
    const nothing = { time, state: 'offline' as const, calls: [] };
    if (this.phase !== 'open' || !fleet) return { ...nothing, presence: this.phase === 'open' ? 'absent' : this.phase };
    if (!fleet.connected) return { ...nothing, presence: 'absent', problem: 'broker_offline' };
    const phone = fleet.phone(this.options.id);
    if (!phone?.online) return { ...nothing, presence: 'absent', problem: 'agent_offline' };
    if (!phone.snapshot) return { ...nothing, presence: 'starting' };
    const told = structuredClone(phone.snapshot);
    const snapshot = { ...told, calls: told.calls.map((call) => this.named(call)) };
    const { state, problem = 'not_running' } = snapshot;
    if (state !== 'offline') return { ...snapshot, time, presence: 'ready' };
    return problem === 'not_ready'
      ? { ...snapshot, time, presence: 'starting' }
      : { ...snapshot, time, presence: 'absent', problem };
  }

  /** Listens no more and says nothing of it: another phone with the same `told` goes on. */
  leave(): void {
    this.stopFollowing?.();
    this.stopFollowing = undefined;
    this.lateCalls.stop();
    this.mustCatchUp = false;
    this.opened = undefined;
    this.phase = 'closed';
    for (const end of [...this.underWay]) end();
    if (this.fleet) this.access.close();
    this.fleet = undefined;
    this.emit('change');
  }

  private async start(): Promise<void> {
    const { id } = this.options;
    const fleet = this.access.open();
    this.fleet = fleet;
    this.phase = 'opening';
    this.stopFollowing = fleet.follow(id, {
      event: (_, event) => {
        this.take(event);
      },
      finished: (_, finished) => {
        if (!this.told.noteFinished(finished)) return;
        this.lateCalls.wait();
        this.tellFinished(finished);
      },
      change: () => {
        this.emit('change');
        if (this.mustCatchUp) this.catchUp();
      },
      connection: (connected) => {
        if (connected) this.lateCalls.wait();
        else this.lateCalls.stop();
        this.emit('change');
      },
    });
    this.emit('change');
    await this.unlessClosed(() => fleet.known(id));
    this.phase = 'open';
    this.emit('change');
    this.catchUp();
    this.lateCalls.wait();
  }

  /** What comes while it is not known how the phone stands is part of how it then does. */
  private take(event: PhoneEvent): void {
    if (this.phase !== 'open') return;
    this.tell(this.told.event(event));
    // Another phone with the same `told` may have told it, and be gone before its agent tells the call log.
    this.lateCalls.told([event]);
    if (event.event === 'phone_online') this.catchUp();
  }

  /** With what happened while nobody looked. */
  private catchUp(): void {
    const snapshot = this.fleet?.told(this.options.id);
    this.mustCatchUp = snapshot === undefined;
    if (snapshot) this.tell(this.told.resync(snapshot));
  }

  private tell(events: readonly PhoneEvent[]): void {
    for (const event of events)
      this.emit('event', isCallEvent(event) ? { ...event, call: this.named(event.call) } : event);
    this.lateCalls.told(events);
  }

  private tellFinished(finished: FinishedCall): void {
    this.emit('finished', { ...finished, call: this.named(finished.call) });
  }

  /** Contacts are where the listeners are, so this does not go to `told`: another phone may have others. */
  private named(call: Call): Call {
    return namedByContacts(call, this.options.known);
  }

  private get time(): number {
    return this.fleet?.agentTime(this.options.id) ?? this.options.clock.wall();
  }

  private unlessClosed<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.underWay.delete(end);
        reject(new PhoneError('closed', 'closing'));
      };
      this.underWay.add(end);
      work()
        .then(resolve, reject)
        .finally(() => this.underWay.delete(end));
    });
  }
}
