import { randomUUID } from 'node:crypto';
import helper from 'node-red-node-test-helper';
import { startMosquitto, whyNoMosquitto, type Mosquitto } from '../support/mosquitto';
import { MqttPeer } from '../support/mqtt-peer';
import { skipBecause } from '../support/skip';
import { reconnectSoon } from './core-mqtt';

type Json = Record<string, unknown>;

export interface AgentOptions {
  id?: string;
  name?: string;
  base?: string;
  groups?: string[];
  /** What it answers; undefined: nothing. */
  answer?: (command: Json) => Json | undefined;
}

/** An agent that says what a test wants, with the contract's topics and JSON written by hand. */
export class ScriptedAgent {
  readonly commands: Json[] = [];
  readonly session = randomUUID();
  private seq = 0;
  private state: Json;

  private constructor(
    private readonly peer: MqttPeer,
    private readonly topic: string,
    private readonly options: Required<AgentOptions>,
  ) {
    this.state = { state: 'idle', calls: [] };
  }

  static async start(url: string, given: AgentOptions = {}): Promise<ScriptedAgent> {
    const preset = { id: 'desk-1', name: 'Desk 1', base: 'microsip', groups: ['sales'], answer: () => ({ ok: true }) };
    const options = { ...preset, ...given };
    const { base, id } = options;
    const topic = `${base}/${id}`;
    const will = { topic: `${topic}/availability`, payload: Buffer.from('offline'), qos: 1, retain: true } as const;
    const peer = await MqttPeer.connect(url, { base, clientId: `${base}-${id}`, keepalive: 10, will });
    const agent = new ScriptedAgent(peer, topic, options);
    peer.client.on('message', (heard, payload) => {
      if (/\/command$/.test(heard)) agent.take(JSON.parse(payload.toString()) as Json);
    });
    await peer.subscribe(
      `${topic}/command`,
      `${base}/all/command`,
      ...options.groups.map((group) => `${base}/group/${group}/command`),
    );
    await agent.tellAll();
    return agent;
  }

  /** Its state from now on. */
  async stand(state: Json): Promise<void> {
    this.state = state;
    await this.tellState();
  }

  async event(event: string, fields: Json = {}): Promise<void> {
    this.seq += 1;
    await this.peer.publish(`${this.topic}/event`, {
      ...{ event, state: 'idle', previousState: 'idle', phone: this.options.name, time: new Date().toISOString() },
      ...{ source: 'log', confidence: 'exact', replayed: false, seq: this.seq, session: this.session },
      ...fields,
    });
  }

  /** A call comes in, and is in the state too. @returns its id */
  async incoming(number: string): Promise<string> {
    const call = {
      ...{ callId: randomUUID(), direction: 'inbound', callState: 'ringing', number, name: 'Ada' },
      ...{ startTime: new Date().toISOString() },
    };
    await this.event('incoming', { ...call, state: 'ringing' });
    await this.stand({ state: 'ringing', calls: [call], ...call });
    return call.callId;
  }

  async finished(fields: Json): Promise<void> {
    await this.peer.publish(`${this.topic}/call`, {
      ...{ phone: this.options.name, source: 'log', confidence: 'exact', replayed: false, callState: 'ended' },
      ...fields,
    });
  }

  /** Without a word: its last will tells. */
  async die(): Promise<void> {
    await this.peer.die();
  }

  async end(): Promise<void> {
    await this.peer.publish(`${this.topic}/availability`, 'offline', { retain: true });
    await this.peer.end();
  }

  private async tellAll(): Promise<void> {
    const { groups } = this.options;
    await this.peer.publish(`${this.topic}/availability`, 'online', { retain: true });
    await this.tellState();
    await this.peer.publish(
      `${this.topic}/info`,
      {
        ...{ agent: '0.2.0', microsip: '3.22.16', host: 'PC-7', user: 'ada', session: this.session, groups },
        commands: ['dial', 'hangup'],
      },
      { retain: true },
    );
  }

  private async tellState(): Promise<void> {
    const now = new Date().toISOString();
    await this.peer.publish(
      `${this.topic}/state`,
      {
        ...{ event: 'snapshot', phone: this.options.name, time: now, replayed: false, missedToday: 2 },
        ...{ seq: this.seq, session: this.session, registration: { state: 'registered' } },
        ...this.state,
      },
      { retain: true },
    );
  }

  private take(command: Json): void {
    if (command['type'] === 'snapshot') {
      void this.tellAll();
      return;
    }
    this.commands.push(command);
    const said = this.options.answer(command);
    if (!said) return;
    const { id, from } = command as { id: string; from?: string };
    const to = from === undefined ? id : `${from}/${id}`;
    void this.peer.publish(`${this.topic}/response/${to}`, { id, ...said });
  }
}

/** A broker for each test, and agents at it; for the suite in which this is called. */
export class ScriptedFleet {
  /** Those that live. */
  readonly agents: ScriptedAgent[] = [];
  private broker: Mosquitto | undefined;

  /** @param preset of all its agents */
  constructor(private readonly preset: AgentOptions = {}) {
    before(function () {
      const why = whyNoMosquitto();
      if (why !== undefined) skipBecause(this, why);
      reconnectSoon();
    });
    beforeEach(async () => {
      this.broker = await startMosquitto();
    });
    afterEach(async () => {
      await helper.unload();
      for (const agent of this.agents.splice(0)) await agent.die();
      await this.broker?.stop();
    });
  }

  get mosquitto(): Mosquitto {
    if (!this.broker) throw new Error('It is started before each test');
    return this.broker;
  }

  async agent(options: AgentOptions = {}): Promise<ScriptedAgent> {
    const started = await ScriptedAgent.start(this.mosquitto.url, { ...this.preset, ...options });
    this.agents.push(started);
    return started;
  }
}
