import type { BrokerMessage, BrokerPort } from '../../fleet/broker/broker-port';
import { sendAtOnce } from '../../fleet/broker/send-at-once';
import { PhoneError } from '../../phone/errors/phone-error';
import { withinTime } from '../../within-time';
import type { BrokerNodeUser, MqttBrokerNode, SubscribeOptions } from './mqtt-broker-node';

/** The longest that a polite end of the connection is waited for (ms); a closing message may never be acknowledged. */
const FAREWELL = 3_000;

let ports = 0;

/**
 * Of connections that end with the last of their users. Until that is over core holds them for connected, and has nobody
 * connect again who comes meanwhile.
 */
const endings = new WeakMap<MqttBrokerNode, Promise<void>>();

/** The connection of one of core's `mqtt-broker` nodes, as the fleet's readers need it. */
export class BrokerNodePort implements BrokerPort {
  private readonly name = `microsip-${++ports}`;
  private readonly user: BrokerNodeUser;
  private readonly listeners = new Set<(connected: boolean) => void>();
  private readonly subscriptions = new Set<() => void>();
  /** What ends a publishing that the broker has not acknowledged. */
  private readonly unacknowledged = new Set<() => void>();
  private told: boolean;
  private asked = false;
  private registered = false;
  /** What has to wait for it. */
  private readonly waiting = new Set<() => void>();
  private closed = false;
  private refs = 0;

  /** @param report takes what a listener throws: out of mqtt.js it would end Node-RED */
  constructor(
    private readonly node: MqttBrokerNode,
    private readonly report: (error: unknown) => void,
  ) {
    this.user = {
      id: this.name,
      status: () => {
        this.look();
      },
      _flow: { handleError: () => false, handleStatus: () => false },
    };
    const ending = endings.get(node);
    if (ending)
      void ending.then(() => {
        this.register();
      });
    else this.register();
    this.told = this.connected;
  }

  get connected(): boolean {
    return !this.closed && this.registered && this.node.connected;
  }

  subscribe(filter: string, qos: 0 | 1, listener: (message: BrokerMessage) => void): () => void {
    const ref = `${this.name}-${++this.refs}`;
    const listen = (topic: string, payload: unknown, packet?: { retain?: boolean }): void => {
      if (!this.subscriptions.has(end)) return;
      this.guarded(() => {
        listener({ topic, payload: asBuffer(payload), retain: packet?.retain === true });
      });
    };
    const end = (): void => {
      if (!this.subscriptions.delete(end) || this.waiting.delete(begin)) return;
      this.guarded(() => {
        this.node.unsubscribe(filter, ref, true);
      });
    };
    const begin = (): void => {
      this.guarded(() => {
        const others = Object.values(this.node.subscriptions[filter] ?? {});
        // Without `rap`: only what the broker had kept says that it is retained, on MQTT 5 as on 3.1.1.
        this.node.subscribe(filter, { qos }, listen, ref);
        if (this.connected && others.length > 0) this.askAgain(filter, qos, others);
      });
    };
    this.subscriptions.add(end);
    if (this.registered) begin();
    else this.waiting.add(begin);
    return end;
  }

  async publish(topic: string, payload: string, { qos, retain }: { qos: 0 | 1; retain: boolean }): Promise<void> {
    if (!this.connected) throw new PhoneError('broker_offline');
    await new Promise<void>((resolve, reject) => {
      const lost = (): void => {
        this.unacknowledged.delete(lost);
        reject(new PhoneError('broker_offline'));
      };
      this.unacknowledged.add(lost);
      sendAtOnce(this.node.client?.stream);
      this.node.publish({ topic, payload, qos, retain }, (error) => {
        this.unacknowledged.delete(lost);
        if (error) reject(refusal(error));
        else resolve();
      });
    });
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    const own = (connected: boolean): void => {
      listener(connected);
    };
    this.listeners.add(own);
    return () => this.listeners.delete(own);
  }

  /** Ends the connection, too, if nobody else uses it. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const end of [...this.subscriptions]) end();
    this.listeners.clear();
    this.loseUnacknowledged();
    if (!this.registered) return;
    const ended = new Promise<void>((resolve) => {
      this.node.deregister(this.user, resolve, true);
    });
    const ending = withinTime(ended, FAREWELL, { idle: true }).then(() => {
      if (endings.get(this.node) === ending) endings.delete(this.node);
    });
    endings.set(this.node, ending);
    await ending;
  }

  private register(): void {
    if (this.closed) return;
    this.registered = true;
    this.node.register(this.user);
    for (const begin of this.waiting) begin();
    this.waiting.clear();
    this.look();
  }

  /** Later: core tells of some changes before it has made them, and takes our subscriptions up again only afterwards. */
  private look(): void {
    if (this.asked) return;
    this.asked = true;
    queueMicrotask(() => {
      this.asked = false;
      const { connected } = this;
      if (this.closed || connected === this.told) return;
      this.told = connected;
      if (!connected) this.loseUnacknowledged();
      for (const listener of [...this.listeners]) {
        this.guarded(() => {
          listener(connected);
        });
      }
    });
  }

  /**
   * mqtt.js subscribes to a topic once, whoever else has subscribed to it: then the broker does not send again what it has kept.
   */
  private askAgain(filter: string, qos: number, others: readonly { options?: SubscribeOptions }[]): void {
    // As the others have it, since the broker knows only one subscription to this topic.
    const [options = {}] = others.map((other) => other.options ?? {});
    const highest = Math.max(qos, ...others.map((other) => other.options?.qos ?? 0));
    this.guarded(() => {
      const { properties } = options as SubscribeOptions;
      this.node.client?.subscribe(
        { [filter]: { ...options, qos: highest }, resubscribe: true },
        { ...(properties && { properties }) },
      );
    });
  }

  private loseUnacknowledged(): void {
    for (const lost of [...this.unacknowledged]) lost();
  }

  private guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.report(error);
    }
  }
}

/** Of MQTT 5: the broker's rights do not allow it. Older brokers drop such a message without a word. */
const NOT_AUTHORIZED = 135;

/** Core hands on what mqtt.js says, or a text of its own. */
function refusal(error: unknown): PhoneError {
  const { code } = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown };
  return code === NOT_AUTHORIZED ? new PhoneError('access_denied', 'broker') : new PhoneError('broker_offline');
}

function asBuffer(payload: unknown): Buffer {
  return Buffer.isBuffer(payload) ? payload : Buffer.from(String(payload));
}
