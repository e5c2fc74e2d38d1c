import type { Clock } from '../../clock';
import type { AgentLog } from '../log/agent-log';
import { PublishRefused, type OpenConnection, type PublishOptions } from '../connection/open-connection';
import { Audience } from './audience';
import { Backlog } from './backlog';

export interface OutgoingMessage {
  topic: string;
  payload: string;
  retain: boolean;
  /** MQTT 5 */
  properties?: PublishOptions['properties'];
}

/** Unsent events and calls that are kept, each. */
const KEPT = 1000;
/** Answers that wait to be sent, and for how long (ms): nobody waits longer for one. */
const ANSWERS = 2000;
const ANSWERED_WITHIN = 60_000;

interface Answer {
  message: OutgoingMessage;
  until: number;
}

export interface OutflowOptions {
  clock: Clock;
  log: AgentLog;
  /** The state as it is now; undefined: the broker has it already. */
  state: () => OutgoingMessage | undefined;
}

/**
 * What a phone publishes, in order and never more at a time than the broker takes: mqtt.js itself would send any number of
 * messages, and keep any number while it is not connected.
 */
export class Outflow {
  readonly events = new Backlog<OutgoingMessage>(KEPT);
  readonly calls = new Backlog<OutgoingMessage>(KEPT);
  /** Taken again like events: an answer whose acknowledgement is lost may not have been heard. */
  private readonly answers = new Backlog<Answer>(ANSWERS);
  /** Only for the present connection: the next one begins with all that is retained. */
  private urgent: OutgoingMessage[] = [];
  private connection: OpenConnection | undefined;
  private underWay = 0;
  private changed = false;
  private scheduled = false;
  private wasAttached = false;
  /** Of each who may listen to it alone. */
  private readonly told: readonly { backlog: Backlog<OutgoingMessage>; audience: Audience }[];
  private readonly idleListeners = new Set<() => void>();
  private readonly refused = new Set<string>();

  constructor(private readonly options: OutflowOptions) {
    const retry = (): void => {
      this.schedule();
    };
    this.told = [this.events, this.calls].map((backlog) => ({
      backlog,
      audience: new Audience(options.clock, retry),
    }));
  }

  /** @param first what is published before anything else */
  attach(connection: OpenConnection, first: OutgoingMessage[]): void {
    this.detach();
    this.connection = connection;
    this.urgent = first;
    this.changed = this.events.length > 0;
    // Those who listened before may not be back yet, which an earlier MQTT does not tell.
    if (this.wasAttached && connection.protocolVersion === 5)
      for (const { audience } of this.told) audience.awaitReturn();
    this.wasAttached = true;
    void connection.closed.then(() => {
      if (this.connection === connection) this.detach();
    });
    this.pump();
  }

  detach(): void {
    this.connection = undefined;
    this.urgent = [];
    this.underWay = 0;
    for (const backlog of [this.events, this.calls, this.answers]) backlog.again();
    this.waitForNobody();
    this.tellIdle();
  }

  /** Something retained, while connected; the next connection publishes it anyway. */
  publish(message: OutgoingMessage): void {
    if (!this.connection) return;
    this.urgent.push(message);
    this.schedule();
  }

  answer(message: OutgoingMessage): void {
    this.answers.add({ message, until: this.options.clock.monotonic() + ANSWERED_WITHIN });
    this.schedule();
  }

  /** The state may be another one than the broker has. */
  stateChanged(): void {
    this.changed = true;
    this.schedule();
  }

  /** At the end of this turn of the event loop: what belongs together is there by then. */
  schedule(): void {
    if (this.scheduled || !this.connection) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.pump();
    });
  }

  /** Resolves when all is acknowledged, or the connection is gone. Nobody is waited for any more who may listen later. */
  idle(): Promise<void> {
    this.waitForNobody();
    return new Promise((resolve) => {
      this.idleListeners.add(resolve);
      this.pump();
      this.tellIdleIfSo();
    });
  }

  private pump(): void {
    const { connection } = this;
    if (!connection?.isOpen) return;
    while (this.underWay < connection.window && this.next(connection));
    this.tellIdleIfSo();
  }

  /** @returns whether there was something to send */
  private next(connection: OpenConnection): boolean {
    const urgent = this.urgent.shift();
    if (urgent) {
      this.send(connection, urgent);
      return true;
    }
    const answer = this.answers.take();
    if (answer) {
      const { message, until } = answer.item;
      if (until < this.options.clock.monotonic()) this.answers.done(answer.key);
      else
        this.send(connection, message, () => {
          this.answers.done(answer.key);
        });
      return true;
    }
    for (const { backlog, audience } of this.told) {
      const taken = audience.takes ? backlog.take() : undefined;
      if (!taken) continue;
      audience.published();
      this.send(connection, taken.item, (isHeard) => {
        if (audience.acknowledged(isHeard)) backlog.done(taken.key);
        else backlog.again();
      });
      return true;
    }
    // The state comes behind the events, unless they have to wait.
    if (this.told.some(({ backlog, audience }) => backlog.length > 0 && !audience.takes && !audience.isAway))
      return false;
    if (!this.changed) return false;
    this.changed = false;
    const state = this.options.state();
    if (state) this.send(connection, state);
    return state !== undefined;
  }

  private send(connection: OpenConnection, message: OutgoingMessage, done?: (isHeard: boolean) => void): void {
    const { topic, payload, retain, properties } = message;
    this.underWay += 1;
    const over = (isHeard: boolean): void => {
      if (this.connection !== connection) return;
      done?.(isHeard);
      this.underWay -= 1;
      this.schedule();
      this.tellIdleIfSo();
    };
    connection
      .publish(topic, payload, { qos: 1, retain, ...(properties && { properties }) })
      .then(over, (error: unknown) => {
        if (!(error instanceof PublishRefused)) return;
        // Sending it once more would not change the rights at the broker.
        this.noteRefused(topic, error);
        over(true);
      });
  }

  private noteRefused(topic: string, { reasonCode }: PublishRefused): void {
    if (this.refused.has(topic) || this.refused.size >= KEPT) return;
    this.refused.add(topic);
    this.options.log.error('publish_refused', { topic, reasonCode, advice: 'give this user the right at the broker' });
  }

  private waitForNobody(): void {
    for (const { audience } of this.told) audience.goOn();
  }

  private get isIdle(): boolean {
    if (!this.connection) return true;
    const left = this.urgent.length + this.underWay + this.events.length + this.calls.length + this.answers.length;
    return left === 0 && !this.changed;
  }

  private tellIdleIfSo(): void {
    if (this.isIdle) this.tellIdle();
  }

  private tellIdle(): void {
    for (const resolve of this.idleListeners) resolve();
    this.idleListeners.clear();
  }
}
