import { randomUUID } from 'node:crypto';
import { connect, type MqttClient } from 'mqtt';
import { PhoneError } from '../../phone/errors/phone-error';
import type { BrokerSettings } from '../../settings/broker-settings';
import { topicMatcher } from '../protocol/topic-filter';
import type { BrokerMessage, BrokerPort } from './broker-port';
import { connectOptions } from './connect-options';
import { sendAtOnce } from './send-at-once';

/** ms */
const CONNECT_TIME = 10_000;
const LEAST_PAUSE = 1000;
const MOST_PAUSE = 30_000;

interface Subscription {
  filter: string;
  qos: 0 | 1;
  matches: (topic: string) => boolean;
  listener: (message: BrokerMessage) => void;
}

/** A connection to a broker with mqtt.js, which is made again and again until it is closed. */
export class MqttBroker implements BrokerPort {
  connected = false;
  private client: MqttClient | undefined;
  private readonly subscriptions = new Set<Subscription>();
  private readonly listeners = new Set<(connected: boolean) => void>();
  private readonly clientId: string;
  private timer: NodeJS.Timeout | undefined;
  private pause = LEAST_PAUSE;
  private isClosed = false;

  constructor(
    private readonly settings: BrokerSettings,
    base: string,
  ) {
    this.clientId = `${base}-reader-${randomUUID().slice(0, 8)}`;
    void this.connect();
  }

  subscribe(filter: string, qos: 0 | 1, listener: (message: BrokerMessage) => void): () => void {
    const subscription = { filter, qos, listener, matches: topicMatcher(filter) };
    this.subscriptions.add(subscription);
    if (this.connected) this.client?.subscribe(filter, { qos });
    return () => {
      if (this.subscriptions.delete(subscription) && this.connected) this.client?.unsubscribe(filter);
    };
  }

  async publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void> {
    const { client } = this;
    if (!this.connected || !client) throw new PhoneError('broker_offline');
    try {
      await client.publishAsync(topic, payload, options);
    } catch {
      throw new PhoneError('broker_offline', 'unanswered');
    }
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.client?.end();
    this.subscriptions.clear();
    this.listeners.clear();
  }

  /** A new client each time: mqtt.js would send what is left of the last connection, however old it is. */
  private async connect(): Promise<void> {
    const identity = { clientId: this.clientId, protocolVersion: 4 as const, connectTimeout: CONNECT_TIME };
    const options = await connectOptions(this.settings, identity).catch(() => undefined);
    if (this.isClosed) return;
    if (!options) {
      this.connectLater();
      return;
    }
    const client = connect(this.settings.url, options);
    this.client = client;
    client.on('connect', () => {
      sendAtOnce(client.stream);
      this.pause = LEAST_PAUSE;
      for (const { filter, qos } of this.subscriptions) client.subscribe(filter, { qos });
      this.setConnected(true);
    });
    client.on('message', (topic, payload, { retain }) => {
      for (const { matches, listener } of [...this.subscriptions])
        if (matches(topic)) listener({ topic, payload, retain });
    });
    // Behind each comes `close`.
    client.on('error', () => undefined);
    client.once('close', () => {
      client.end(true);
      this.setConnected(false);
      if (!this.isClosed) this.connectLater();
    });
  }

  /** Many programs must not come back in the same moment. */
  private connectLater(): void {
    this.timer = setTimeout(
      () => {
        void this.connect();
      },
      this.pause * (0.5 + Math.random() / 2),
    );
    this.pause = Math.min(MOST_PAUSE, this.pause * 2);
  }

  private setConnected(connected: boolean): void {
    if (connected === this.connected) return;
    this.connected = connected;
    for (const listener of [...this.listeners]) listener(connected);
  }
}
