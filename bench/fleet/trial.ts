import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startMosquitto, type Mosquitto } from '../../test/support/mosquitto';
import { phoneId } from './calls';
import { CommandTimes } from './command-times';
import { fleetFlow } from './flow';
import { Member } from './member';
import type { Told, Usage } from './messages';
import { moment } from './moment';
import { Tally } from './tally';
import { added, usageOf } from './usage';

export interface TrialOptions {
  phones: number;
  /** Of all phones together. */
  eventsPerSecond: number;
  seconds: number;
  /** A folder for profiles of the processor. */
  profiles?: string | undefined;
  /** Mosquitto as it is delivered, but for `max_queued_messages`. */
  plain?: boolean;
}

/** From one moment to another, `ms` later. */
export interface Span {
  ms: number;
  /** Before and after; undefined where the system does not tell it. */
  nodeRed: [Usage, Usage];
  agents: [Usage, Usage];
  broker: [Usage, Usage] | undefined;
}

export interface TrialResult {
  phones: number;
  agents: number;
  /** s, from the start of the agents until Node-RED knew how all phones stand */
  ready: number;
  events: number;
  tally: Tally;
  commands: CommandTimes;
  idle: Span;
  calls: Span;
}

/** As `docs/mosquitto/mosquitto.conf` has them. */
const SETTINGS = ['max_inflight_messages 1000', 'set_tcp_nodelay true'];
/** Phones of one agent process. */
const MOST_PHONES = 250;
/** s of calls before anything is measured: programs are compiled while they run. */
const WARM = 5;
/** s in which what the start has left comes to rest, and s without a call that are looked at then */
const SETTLES = 10;
const IDLE = 10;
/** ms for what is under way at the end */
const DRAIN = 15_000;

/** One fleet, from its start to its end: the phones, one more that takes commands, a broker, and a Node-RED. */
export async function runTrial(options: TrialOptions): Promise<TrialResult> {
  const { plain = false } = options;
  const folder = mkdtempSync(join(tmpdir(), 'bench-fleet-'));
  const mosquitto = await startMosquitto({ maxQueued: 20_000, config: plain ? [] : SETTINGS });
  const trial = new Trial(options, folder, mosquitto);
  try {
    return await trial.run();
  } finally {
    await trial.stop();
    await mosquitto.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Trial {
  private readonly tally = new Tally();
  private readonly commands = new CommandTimes();
  private readonly agents: Member[] = [];
  private nodeRed: Member;

  constructor(
    private readonly options: TrialOptions,
    private readonly folder: string,
    private readonly mosquitto: Mosquitto,
  ) {
    writeFileSync(join(folder, 'flows.json'), JSON.stringify(fleetFlow(mosquitto.port)));
    this.nodeRed = this.member('node-red-process.js', folder);
  }

  async run(): Promise<TrialResult> {
    const { phones, eventsPerSecond, seconds } = this.options;
    await this.nodeRed.next('ready');
    const ready = await this.startAgents();
    await wait(SETTLES * 1000);
    const idle = await this.span(() => wait(IDLE * 1000));
    for (const agent of this.agents) agent.ask({ type: 'play', phones, eventsPerSecond: eventsPerSecond / phones });
    await wait(WARM * 1000);
    this.tally.latencies.length = 0;
    const calls = await this.span(() => this.commands.send(this.nodeRed, phoneId(phones), seconds));
    const events = this.tally.latencies.length;
    for (const agent of this.agents) agent.ask({ type: 'rest' });
    await this.drain();
    const { tally, commands } = this;
    return { phones, agents: this.agents.length, ready, events, tally, commands, idle, calls };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.agents, this.nodeRed].map((member) => member.stop()));
  }

  private member(script: string, ...args: string[]): Member {
    const told = (message: Told): void => {
      if (message.type === 'played') this.tally.played(message.steps);
      else if (message.type === 'arrived') this.tally.arrived(message.events);
      else if (message.type === 'answered') this.commands.note(message);
    };
    return new Member(script, { args, told, profiles: this.options.profiles });
  }

  /** @returns s until Node-RED knew how all phones stand */
  private async startAgents(): Promise<number> {
    const began = moment();
    const all = this.options.phones + 1;
    const count = Math.ceil(all / MOST_PHONES);
    const share = Math.ceil(all / count);
    for (let first = 0; first < all; first += share) {
      const own = Math.min(share, all - first);
      const directory = join(this.folder, `agent-${first}`);
      this.agents.push(this.member('agent-process.js', this.mosquitto.url, String(first), String(own), directory));
    }
    await Promise.all(this.agents.map((agent) => agent.next('ready')));
    let online: number;
    do {
      await wait(100);
      const told = this.nodeRed.next('online');
      this.nodeRed.ask({ type: 'online' });
      online = (await told).phones;
    } while (online < all);
    return (moment() - began) / 1000;
  }

  private async span(run: () => Promise<void>): Promise<Span> {
    const before = await this.usages();
    const began = moment();
    await run();
    const ms = moment() - began;
    const after = await this.usages();
    return {
      ms,
      nodeRed: [before.nodeRed, after.nodeRed],
      agents: [before.agents, after.agents],
      broker: before.broker && after.broker && [before.broker, after.broker],
    };
  }

  private async usages(): Promise<{ nodeRed: Usage; agents: Usage; broker: Usage | undefined }> {
    const nodeRed = await this.nodeRed.usage();
    const agents = added(await Promise.all(this.agents.map((agent) => agent.usage())));
    return { nodeRed, agents, broker: usageOf(this.mosquitto.pid ?? 0) };
  }

  /** Each call goes on to its end, and what is told of it on to the flow. */
  private async drain(): Promise<void> {
    const end = moment() + DRAIN + (1000 * this.options.phones * 3) / this.options.eventsPerSecond;
    let quiet = 0;
    let before = NaN;
    while (quiet < 4 && moment() < end) {
      await wait(500);
      const { steps, lost, invented } = this.tally;
      quiet = steps === before && lost === 0 && invented === 0 ? quiet + 1 : 0;
      before = steps;
    }
  }
}
