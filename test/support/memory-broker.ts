import { PhoneError } from '../../src/phone/errors/phone-error';
import type { BrokerMessage, BrokerPort } from '../../src/fleet/broker/broker-port';

interface Subscription {
  matches: RegExp;
  listener: (message: BrokerMessage) => void;
}

interface Published {
  topic: string;
  text: string;
  retain: boolean;
}

/** A broker with one client, in which nothing takes time: it delivers before `publish` returns. */
export class MemoryBroker implements BrokerPort {
  connected = true;
  /** What the client has published. */
  readonly published: Published[] = [];
  /** What is subscribed to, in order, also what has ended. */
  readonly filters: string[] = [];
  /** Kept messages that it delivers for a subscription, as brokers with a bounded queue do. */
  deliveredAtOnce = Infinity;
  private readonly kept = new Map<string, Buffer>();
  private readonly subscriptions = new Set<Subscription>();
  private readonly connection = new Set<(connected: boolean) => void>();

  subscribe(filter: string, _qos: 0 | 1, listener: (message: BrokerMessage) => void): () => void {
    const subscription = { matches: pattern(filter), listener };
    this.subscriptions.add(subscription);
    this.filters.push(filter);
    if (this.connected) this.deliverKept(subscription);
    return () => this.subscriptions.delete(subscription);
  }

  publish(topic: string, payload: string, { retain }: { retain: boolean }): Promise<void> {
    if (!this.connected) return Promise.reject(new PhoneError('broker_offline'));
    this.published.push({ topic, text: payload, retain });
    return Promise.resolve();
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.connection.add(listener);
    return () => this.connection.delete(listener);
  }

  /** Somebody else publishes. */
  tell(topic: string, content: object | string | Buffer, retain = false): void {
    const text = typeof content === 'object' && !Buffer.isBuffer(content) ? JSON.stringify(content) : content;
    const payload = Buffer.from(text as string);
    if (retain && payload.byteLength === 0) this.kept.delete(topic);
    else if (retain) this.kept.set(topic, payload);
    if (this.connected) this.deliver({ topic, payload, retain: false });
  }

  /** A message as it is, to whoever has subscribed to it. */
  deliver(message: BrokerMessage): void {
    for (const { matches, listener } of [...this.subscriptions]) if (matches.test(message.topic)) listener(message);
  }

  /** @param forget what was kept */
  lose({ forget = false } = {}): void {
    this.connected = false;
    if (forget) this.kept.clear();
    for (const listener of [...this.connection]) listener(false);
  }

  connect(): void {
    this.connected = true;
    for (const listener of [...this.connection]) listener(true);
    for (const subscription of [...this.subscriptions]) this.deliverKept(subscription);
  }

  /** The JSON of what was published on a topic. */
  commands<T = Record<string, unknown>>(topic: string): T[] {
    return this.published.filter((message) => message.topic === topic).map(({ text }) => JSON.parse(text) as T);
  }

  private deliverKept({ matches, listener }: Subscription): void {
    const fitting = [...this.kept].filter(([topic]) => matches.test(topic)).slice(0, this.deliveredAtOnce);
    for (const [topic, payload] of fitting) listener({ topic, payload, retain: true });
  }
}

function pattern(filter: string): RegExp {
  const levels = filter
    .split('/')
    .map((level) => (level === '+' ? '[^/]*' : level.replace(/[.*?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${levels.join('/')}$`);
}
