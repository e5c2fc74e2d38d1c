import { connect, type MqttClient } from 'mqtt';
import type { BrokerMessage, BrokerPort } from '../../src/fleet/broker/broker-port';
import { PhoneError } from '../../src/phone/errors/phone-error';

type Listener = (message: BrokerMessage) => void;

/** A real broker for readers of a fleet, as Node-RED's own broker node is one: it connects again and again. */
export class MqttPort implements BrokerPort {
  private readonly subscriptions = new Map<Listener, string>();
  private readonly listeners = new Set<(connected: boolean) => void>();
  private readonly client: MqttClient;

  /** @param protocolVersion 4 is MQTT 3.1.1 */
  constructor(url: string, protocolVersion: 4 | 5 = 5) {
    this.client = connect(url, { protocolVersion, reconnectPeriod: 200, resubscribe: false, keepalive: 10 });
    this.client.on('connect', () => {
      for (const filter of this.subscriptions.values()) this.client.subscribe(filter, { qos: 1 });
      this.tell(true);
    });
    this.client.on('close', () => {
      this.tell(false);
    });
    this.client.on('error', () => undefined);
    this.client.on('message', (topic, payload, { retain }) => {
      for (const [listener, filter] of [...this.subscriptions])
        if (pattern(filter).test(topic)) listener({ topic, payload, retain });
    });
  }

  get connected(): boolean {
    return this.client.connected;
  }

  subscribe(filter: string, qos: 0 | 1, listener: Listener): () => void {
    this.subscriptions.set(listener, filter);
    if (this.connected) this.client.subscribe(filter, { qos });
    return () => {
      this.subscriptions.delete(listener);
      if (this.connected) this.client.unsubscribe(filter);
    };
  }

  async publish(topic: string, payload: string, options: { qos: 0 | 1; retain: boolean }): Promise<void> {
    if (!this.connected) throw new PhoneError('broker_offline');
    await this.client.publishAsync(topic, payload, options);
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async end(): Promise<void> {
    await this.client.endAsync(true);
  }

  private tell(connected: boolean): void {
    for (const listener of [...this.listeners]) listener(connected);
  }
}

function pattern(filter: string): RegExp {
  return new RegExp(`^${filter.replaceAll('+', '[^/]+').replace('#', '.*')}$`);
}
