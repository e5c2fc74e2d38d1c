import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../clock';
import { PhoneError } from '../phone/errors/phone-error';
import { Standstill } from './commands/standstill';
import type { AgentConfig } from './config/agent-config';
import { agentFolder, pastFile } from './memory/agent-folder';
import { KeptPast } from './memory/agent-past';
import { OwnSessions } from './memory/own-sessions';
import { AgentPhone } from './phones/agent-phone';
import { VanishedPhones } from './phones/vanished-phones';
import { untilMidnight } from './publishing/missed-today';
import { PhoneInUseError, type AgentEnd, type AgentWorld, type RunningAgent } from './running-agent';

/** Phones that connect at a time. */
const AT_ONCE = 100;
/** ms; somebody may set the computer's clock, so midnight is looked for now and then. */
const LONGEST_DAY_WAIT = 600_000;

/**
 * Connects the phones of an agent to the broker, and keeps them connected: resolves also while the broker is away.
 * @throws PhoneInUseError when another agent has one of them; PhoneError when the settings of none are possible
 */
export async function startAgent(config: AgentConfig, world: AgentWorld): Promise<RunningAgent> {
  const agent = new Agent(config, world);
  await agent.start();
  return agent;
}

class Agent implements RunningAgent {
  readonly ended: Promise<AgentEnd>;
  private readonly phones: AgentPhone[] = [];
  private readonly clock: Clock;
  private readonly session = randomBytes(9).toString('base64url');
  private readonly folder: string;
  private readonly sessions: OwnSessions;
  private readonly standstill: Standstill;
  private readonly past: KeptPast | undefined;
  private readonly vanished: VanishedPhones | undefined;
  private noteEnd: (end: AgentEnd) => void = () => undefined;
  private stopping: Promise<void> | undefined;
  private cancelMidnight: (() => void) | undefined;

  constructor(
    private readonly config: AgentConfig,
    private readonly world: AgentWorld,
  ) {
    this.ended = new Promise((resolve) => {
      this.noteEnd = resolve;
    });
    this.clock = world.clock ?? systemClock;
    this.standstill = new Standstill(this.clock);
    const { directory = join(homedir(), '.microsip') } = world;
    this.folder = agentFolder(directory, config.broker.url, config.base);
    const notKept = (error: unknown): void => {
      world.log.warn('not_kept', { detail: String(error) });
    };
    this.sessions = new OwnSessions(join(this.folder, 'sessions.json'), notKept);
    if (world.file === undefined) return;
    this.past = new KeptPast(pastFile(this.folder, world.file), config, notKept);
    this.vanished = new VanishedPhones({ config, past: this.past, clock: this.clock, log: world.log });
  }

  async start(): Promise<void> {
    await Promise.all([this.sessions.begin(this.session), this.past?.begin()]);
    this.makePhones();
    this.world.log.info('started', { phones: this.phones.length, session: this.session, base: this.config.base });
    this.standstill.start();
    this.awaitMidnight();
    for (const phone of this.phones) void phone.open();
    let inUse: PhoneInUseError | undefined;
    const turns = new Turns(AT_ONCE);
    const asked = this.phones.map(async (phone) => {
      const done = await turns.take();
      void phone.asked.then(done);
      const serving = this.serve(phone, (error) => (inUse ??= error));
      await Promise.race([phone.asked, serving]);
    });
    await Promise.all(asked);
    // What the check has found is told in the next turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    if (!inUse) {
      void this.vanished?.forget();
      return;
    }
    await this.end({ why: 'in_use', phone: inUse.phone, holder: inUse.holder });
    throw inUse;
  }

  async stop(): Promise<void> {
    await this.end({ why: 'stopped' });
  }

  private makePhones(): void {
    const { config, world, clock, session, sessions, folder, standstill, past } = this;
    let failure: PhoneError | undefined;
    for (const phone of config.phones) {
      try {
        const takenOver = (): void => {
          world.log.error('taken_over', { phone: phone.id, advice: 'another agent has connected with this id' });
          void this.end({ why: 'taken_over', phone: phone.id });
        };
        this.phones.push(
          new AgentPhone({ config, phone, world, clock, session, sessions, folder, standstill, past }, takenOver),
        );
      } catch (error) {
        const known = error instanceof PhoneError ? error : new PhoneError('config', 'internal');
        failure ??= known;
        world.log.error('phone_not_made', { phone: phone.id, code: known.code, reason: known.reason });
      }
    }
    if (this.phones.length === 0) throw failure ?? new PhoneError('config', 'no_phone');
  }

  private async serve(phone: AgentPhone, onInUse: (error: PhoneInUseError) => void): Promise<void> {
    const holder = await phone.holder();
    if (holder) {
      const { host, user, session } = holder;
      this.world.log.error('in_use', { phone: phone.id, host, user, session });
      onInUse(new PhoneInUseError(phone.id, holder));
      void this.end({ why: 'in_use', phone: phone.id, holder });
      return;
    }
    await phone.serve();
  }

  /** Once, for the reason that comes first. */
  private end(end: AgentEnd): Promise<void> {
    this.stopping ??= this.stopAll().then(() => {
      this.world.log.info('ended', { why: end.why });
      this.noteEnd(end);
    });
    return this.stopping;
  }

  private async stopAll(): Promise<void> {
    this.cancelMidnight?.();
    this.standstill.stop();
    this.vanished?.stop();
    for (const stopped of await Promise.allSettled(this.phones.map((phone) => phone.stop()))) {
      if (stopped.status === 'rejected') this.world.log.error('internal_error', { detail: String(stopped.reason) });
    }
  }

  private awaitMidnight(): void {
    const wait = Math.min(LONGEST_DAY_WAIT, untilMidnight(this.clock.wall()) + 50);
    this.cancelMidnight = this.clock.after(
      wait,
      () => {
        for (const phone of this.phones) phone.noteDay();
        this.awaitMidnight();
      },
      { idle: true },
    );
  }
}

/** Lets so many at a time. */
class Turns {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  /** @returns what ends the turn */
  async take(): Promise<() => void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    return () => {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    };
  }
}
