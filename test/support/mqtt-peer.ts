import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  connectAsync,
  type IClientOptions,
  type IClientPublishOptions,
  type IPublishPacket,
  type MqttClient,
} from 'mqtt';
import { eventually } from './eventually';

export type ProtocolVersion = 4 | 5;
export const VERSIONS: readonly ProtocolVersion[] = [4, 5];

export interface Received {
  topic: string;
  payload: Buffer;
  text: string;
  retain: boolean;
  properties: NonNullable<IPublishPacket['properties']>;
}

export interface Answer {
  id: string;
  ok: boolean;
  error?: { code: string; message: string };
  [field: string]: unknown;
}

export interface PeerOptions extends IClientOptions {
  /** 4 is MQTT 3.1.1 (default: 5). */
  protocolVersion?: ProtocolVersion;
  base?: string;
}

/** Speaks the fleet's topics and JSON by hand, as other people's programs do. It never reconnects by itself. */
export class MqttPeer {
  private static readonly open = new Set<MqttPeer>();

  readonly received: Received[] = [];
  /** With what the broker acknowledged what was published, one after the other. From 128 on (MQTT 5) it refused it. */
  readonly reasons: number[] = [];
  /** Of `settled`, by payload: they may come more than once. */
  private readonly rounds = new Map<string, () => void>();

  private constructor(
    readonly client: MqttClient,
    private readonly base: string,
  ) {
    MqttPeer.open.add(this);
    client.on('message', (topic, payload, { retain, properties = {} }) => {
      const text = payload.toString();
      const round = this.rounds.get(text);
      if (round) round();
      else this.received.push({ topic, payload, text, retain, properties });
    });
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'puback') this.reasons.push(packet.reasonCode ?? 0);
    });
    client.on('error', () => undefined);
  }

  /** @throws Error when the broker refuses it or its certificate is no good */
  static async connect(url: string, { base = 'microsip', ...options }: PeerOptions = {}): Promise<MqttPeer> {
    const client = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0, ...options }, false);
    return new MqttPeer(client, base);
  }

  /** For `afterEach`: of a test that failed too. */
  static async endAll(): Promise<void> {
    await Promise.all([...MqttPeer.open].map((peer) => peer.end()));
  }

  async subscribe(...filters: string[]): Promise<void> {
    await this.client.subscribeAsync(filters, { qos: 1 });
  }

  /** @param content an object becomes JSON */
  async publish(topic: string, content: string | Buffer | object, options: IClientPublishOptions = {}): Promise<void> {
    const payload = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    await this.client.publishAsync(topic, payload, { qos: 1, ...options });
  }

  /** Publishes it without waiting for an answer. Returns its id. */
  async send(phone: string, command: object, options: IClientPublishOptions = {}): Promise<string> {
    const whole = { id: randomUUID(), ts: Date.now(), ttl: 10, ...command };
    await this.publish(`${this.base}/${phone}/command`, whole, options);
    return whole.id;
  }

  /** Publishes it, and waits for the answer, which this has to have subscribed to. */
  async ask(phone: string, command: object, options: IClientPublishOptions = {}): Promise<Answer> {
    const id = await this.send(phone, command, options);
    return this.answer(phone, id);
  }

  async answer(phone: string, id: string, from?: string): Promise<Answer> {
    const topic = `${this.base}/${phone}/response/${from === undefined ? '' : `${from}/`}${id}`;
    return JSON.parse((await this.next(topic)).text) as Answer;
  }

  /** All on a topic so far. */
  on(topic: string): Received[] {
    return this.received.filter((message) => message.topic === topic);
  }

  /** The JSON of all on a topic so far. */
  json<T = Record<string, unknown>>(topic: string): T[] {
    return this.on(topic).map(({ text }) => JSON.parse(text) as T);
  }

  /** The first on a topic, or the first that fits. */
  next(topic: string, fits: (message: Received) => boolean = () => true, timeout?: number): Promise<Received> {
    return eventually(() => this.on(topic).find(fits), timeout).catch(() => {
      throw new Error(`Nothing such on ${topic}; there was ${this.describe()}`);
    });
  }

  /**
   * When all that the broker had for this client before is here: a message of its own has gone round. Then what is not in
   * `received` did not come.
   * @param topic that this client may publish and read
   */
  async settled(topic = 'settled'): Promise<void> {
    const payload = randomUUID();
    await this.subscribe(topic);
    const returned = new Promise<void>((resolve) => this.rounds.set(payload, resolve));
    await this.publish(topic, payload);
    await returned;
  }

  /** Forgets what has been received. */
  forget(): void {
    this.received.length = 0;
  }

  async end(): Promise<void> {
    MqttPeer.open.delete(this);
    await this.client.endAsync(true);
  }

  /** Without a DISCONNECT: the broker sends the last will. */
  async die(): Promise<void> {
    this.client.stream.destroy();
    await sleep(0);
    await this.end();
  }

  private describe(): string {
    const shown = this.received.slice(-20).map(({ topic, text }) => `${topic} ${text.slice(0, 100)}`);
    return shown.length > 0 ? `\n${shown.join('\n')}` : 'nothing';
  }
}
