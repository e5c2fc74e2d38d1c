import type { Clock } from '../../clock';
import { readAvailability } from '../../fleet/protocol/availability';
import { allCommandTopic, clientId, groupCommandTopic, type PhoneTopics } from '../../fleet/protocol/topics';
import { withinTime } from '../../within-time';
import type { AgentConfig, AgentPhoneConfig } from '../config/agent-config';
import type { AgentLog } from '../log/agent-log';
import type { OutgoingMessage } from '../publishing/outflow';
import { KeptConnection } from './kept-connection';
import type { Loss, OpenConnection, Received, SubscribeOptions } from './open-connection';

/** ms for the last things: what is left to say, and the goodbye. A console that is closed gives a program 5 s. */
const LAST_WORDS = 1000;
const GOODBYE = 1500;

export interface PhoneLineOptions {
  config: AgentConfig;
  phone: AgentPhoneConfig;
  topics: PhoneTopics;
  session: string;
  clock: Clock;
  log: AgentLog;
}

export interface PhoneLineUser {
  /** A connection begins: what comes on it was sent while it was there. */
  begins(): void;
  /** All that is retained. */
  retained(): OutgoingMessage[];
  outflow: {
    attach(connection: OpenConnection, first: OutgoingMessage[]): void;
    detach(): void;
    idle(): Promise<void>;
  };
  /** Somebody else said `offline`. */
  contradict(): void;
  /** Somebody else cleared what the broker had retained. */
  forgotten(): void;
  /** @param isOneOfMany it came on the topic of a group, or of all */
  command(message: Received, isOneOfMany: boolean): void;
  /** In plain text; undefined: this phone takes none. */
  verb?: (verb: string, message: Received) => void;
  /** Home Assistant has said how it is. */
  homeAssistant?: (message: Received) => void;
  /** Asked before a lost connection is made anew; resolves when the broker can be asked. */
  isHeldByOther(): Promise<boolean>;
  takenOver(): void;
}

/** The connection of one phone to the broker: with its last will, and what it listens to. */
export class PhoneLine {
  private readonly kept: KeptConnection;
  private published = false;
  private stopping = false;

  constructor(
    private readonly options: PhoneLineOptions,
    private readonly user: PhoneLineUser,
  ) {
    const { config, phone, topics, clock, log } = options;
    this.kept = new KeptConnection(
      {
        broker: config.broker,
        identity: { clientId: clientId(config.base, phone.id), username: phone.username, password: phone.password },
        will: { topic: topics.availability, payload: 'offline' },
        clock,
        log,
      },
      {
        opened: (connection) => {
          this.begin(connection).catch((error: unknown) => {
            log.debug('connection_not_begun', { detail: String(error) });
            connection.drop();
          });
        },
        lost: (loss) => this.lost(loss),
      },
    );
  }

  keep(): Promise<void> {
    return this.kept.keep();
  }

  /** Says `offline`, and waits for the broker to have it, before it disconnects. */
  async stop(): Promise<void> {
    this.stopping = true;
    const connection = this.kept.current;
    if (connection && this.published) {
      await withinTime(this.user.outflow.idle(), LAST_WORDS);
      this.user.outflow.detach();
      const goodbye = connection.publish(this.options.topics.availability, 'offline', { qos: 1, retain: true });
      await withinTime(
        goodbye.catch(() => undefined),
        GOODBYE,
      );
    }
    await this.kept.stop();
  }

  private async begin(connection: OpenConnection): Promise<void> {
    const { log } = this.options;
    this.user.begins();
    const routes = this.routes();
    connection.onMessage((message) => {
      const route = routes.get(message.topic) ?? this.verbRoute(message.topic);
      if (!this.stopping) route?.take(message);
    });
    const wanted = [...routes].map(([topic, { options }]) => [topic, options] as const);
    const refused = await connection.subscribe({
      ...Object.fromEntries(wanted),
      ...(this.user.verb && { [this.options.topics.verbs]: LIVE }),
    });
    if (refused.length > 0)
      log.error('subscribe_refused', { topics: refused.join(' '), advice: 'give this user the right at the broker' });
    if (this.stopping) return;
    this.published = true;
    this.user.outflow.attach(connection, this.user.retained());
  }

  private routes(): Map<string, { options: SubscribeOptions; take: (m: Received) => void }> {
    const { config, phone, topics } = this.options;
    const { user } = this;
    const command = (isOneOfMany: boolean) => ({
      options: LIVE,
      take: (message: Received) => {
        user.command(message, isOneOfMany);
      },
    });
    return new Map([
      [topics.command, command(false)],
      ...phone.groups.map((group) => [groupCommandTopic(config.base, group), command(true)] as const),
      [allCommandTopic(config.base), command(true)],
      [
        topics.availability,
        {
          options: { qos: 1 },
          take: (message: Received) => {
            this.noteAvailability(message);
          },
        },
      ],
      ...(config.homeAssistant && user.homeAssistant
        ? [[config.homeAssistant.statusTopic, { options: { qos: 1 }, take: user.homeAssistant }] as const]
        : []),
    ]);
  }

  private verbRoute(topic: string): { take: (message: Received) => void } | undefined {
    const { verb } = this.user;
    const prefix = `${this.options.topics.command}/`;
    if (!verb || !topic.startsWith(prefix)) return undefined;
    return {
      take: (message) => {
        verb(topic.slice(prefix.length), message);
      },
    };
  }

  /** What was retained before is of somebody who is gone; our own last will can only come from a connection before. */
  private noteAvailability({ payload, retain }: Received): void {
    if (retain) return;
    if (payload.length === 0) this.user.forgotten();
    else if (readAvailability(payload) === 'offline') this.user.contradict();
  }

  private async lost({ takenOver }: Loss): Promise<boolean> {
    if (this.stopping) return false;
    // Only some brokers tell who was pushed off that he was. Coming back unasked would push the other one off.
    if (!takenOver && !(await this.user.isHeldByOther())) return true;
    this.user.takenOver();
    return false;
  }
}

/** Never what was retained: a command is for now. */
const LIVE: SubscribeOptions = { qos: 1, onlyLive: true };
