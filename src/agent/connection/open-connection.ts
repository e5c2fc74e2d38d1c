import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { sendAtOnce } from '../../fleet/broker/send-at-once';
import { withinTime } from '../../within-time';
import { ConnectFailure, connectFailure } from './connect-failure';

/** MQTT 5: another client has connected with our id. */
const SESSION_TAKEN_OVER = 0x8e;
/** ms for a DISCONNECT */
const GOODBYE = 1000;
/** MQTT 5: the broker has taken a message that nobody has subscribed to. */
const NO_SUBSCRIBERS = 0x10;
/** More is never sent unacknowledged, whatever the broker allows: Mosquitto holds 20 for each client. */
const WINDOW = 20;

export interface Received {
  topic: string;
  payload: Buffer;
  retain: boolean;
  /** MQTT 5 */
  properties?: IPublishPacket['properties'];
}

export interface SubscribeOptions {
  qos: 0 | 1;
  /** MQTT 5: the broker leaves out what it has retained, and tells of what is retained when it is published. */
  onlyLive?: boolean;
}

export interface PublishOptions {
  qos: 0 | 1;
  retain: boolean;
  /** MQTT 5 */
  properties?: IPublishPacket['properties'];
}

/** How a connection was lost. */
export interface Loss {
  takenOver: boolean;
  detail: string;
}

/** What a broker says when it does not take a message (MQTT 5); it has no right to come again. */
export class PublishRefused extends Error {
  override readonly name = 'PublishRefused';

  constructor(readonly reasonCode: number) {
    super(`refused by the broker (${reasonCode})`);
  }
}

/** One connection to a broker, from CONNACK to its end. It does not come back: who wants another one opens it. */
export class OpenConnection {
  /** How many messages may be sent that the broker has not acknowledged. */
  readonly window: number;
  /** Never rejects. */
  readonly closed: Promise<Loss>;
  private readonly waiting = new Set<(error: Error) => void>();
  /** Packet ids of messages that nobody hears, until that is told to who published them. */
  private readonly unheard = new Set<number>();
  private lost: Loss | undefined;

  constructor(
    private readonly client: MqttClient,
    readonly protocolVersion: 4 | 5,
    receiveMaximum = WINDOW,
  ) {
    this.window = Math.min(WINDOW, Math.max(1, receiveMaximum));
    this.closed = new Promise((resolve) => {
      let detail = 'closed by the broker or the network';
      let takenOver = false;
      client.on('disconnect', ({ reasonCode }) => {
        takenOver = reasonCode === SESSION_TAKEN_OVER;
        detail = `disconnected by the broker (${reasonCode ?? 0})`;
      });
      client.on('error', (error) => {
        detail = error.message;
      });
      // Before the callback of `publish`, which is not told.
      client.on('packetreceive', (packet) => {
        const { cmd, messageId } = packet;
        if (cmd === 'puback' && packet.reasonCode === NO_SUBSCRIBERS && messageId !== undefined)
          this.unheard.add(messageId);
      });
      client.once('close', () => {
        this.lost = { takenOver, detail };
        for (const fail of this.waiting) fail(new Error('connection lost'));
        this.waiting.clear();
        client.end(true);
        resolve(this.lost);
      });
    });
  }

  get isOpen(): boolean {
    return !this.lost && this.client.connected;
  }

  onMessage(listener: (message: Received) => void): void {
    this.client.on('message', (topic, payload, { retain, properties }) => {
      listener({ topic, payload, retain, ...(properties && { properties }) });
    });
  }

  /** @returns the topics that the broker does not let us have */
  async subscribe(topics: Readonly<Record<string, SubscribeOptions>>): Promise<string[]> {
    const wanted = Object.entries(topics).map(([topic, { qos, onlyLive = false }]) => {
      const live = this.protocolVersion === 5 && onlyLive ? { rap: true, rh: 2 } : {};
      return [topic, { qos, ...live }] as const;
    });
    if (wanted.length === 0) return [];
    return this.answered<string[]>((done) => {
      this.client.subscribe(Object.fromEntries(wanted), (error, granted = []) => {
        const refused = granted.filter(({ qos }) => qos >= 128).map(({ topic }) => topic);
        // An error that names no topic is one of the connection.
        if (error && refused.length === 0) done(error);
        else done(undefined, refused);
      });
    });
  }

  /**
   * Resolves when the broker has acknowledged it (QoS 1), or it has been sent (QoS 0).
   * @returns false: nobody has subscribed to it (QoS 1; only MQTT 5 tells, and not every broker)
   * @throws PublishRefused when the broker does not let us publish there (only MQTT 5 tells), another error when the
   * connection was lost before
   */
  publish(topic: string, payload: string, options: PublishOptions): Promise<boolean> {
    const { qos, retain, properties } = options;
    const given = { qos, retain, ...(this.protocolVersion === 5 && properties && { properties }) };
    return this.answered((done) => {
      this.client.publish(topic, payload, given, (error, packet) => {
        const code: unknown = error && 'code' in error ? error.code : undefined;
        const isUnheard = packet?.messageId !== undefined && this.unheard.delete(packet.messageId);
        done(typeof code === 'number' ? new PublishRefused(code) : error, !isUnheard);
      });
    });
  }

  /** Ends it cleanly, so that the broker publishes no will, or by force when the broker does not play along. */
  async end(): Promise<void> {
    if (this.lost) return;
    const ended = new Promise<void>((resolve) => {
      this.client.end(false, () => {
        resolve();
      });
    });
    await withinTime(ended, GOODBYE);
    this.drop();
  }

  /** Closes it without a word: the broker publishes the will. */
  drop(): void {
    this.client.end(true);
    // One that is ending already would wait for the broker.
    this.client.stream.destroy();
  }

  private answered<T = void>(ask: (done: (error: Error | undefined, answer?: T) => void) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (!this.isOpen) {
        reject(new Error('not connected'));
        return;
      }
      this.waiting.add(reject);
      ask((error, answer) => {
        this.waiting.delete(reject);
        if (error) reject(error);
        else resolve(answer as T);
      });
    });
  }
}

/** @throws ConnectFailure */
export function openConnection(url: string, options: IClientOptions): Promise<OpenConnection> {
  return new Promise((resolve, reject) => {
    const client = connect(url, options);
    let failure: ConnectFailure | undefined;
    const fail = (): void => {
      client.end(true);
      reject(failure ?? new ConnectFailure('network', 'closed by the broker', true));
    };
    const noteError = (error: unknown): void => {
      failure ??= connectFailure(error);
      // A broker that refuses need not close the connection.
      fail();
    };
    client.on('error', noteError);
    client.once('close', fail);
    client.once('connect', ({ properties }) => {
      sendAtOnce(client.stream);
      client.off('close', fail);
      client.off('error', noteError);
      resolve(new OpenConnection(client, options.protocolVersion === 5 ? 5 : 4, properties?.receiveMaximum));
    });
  });
}
