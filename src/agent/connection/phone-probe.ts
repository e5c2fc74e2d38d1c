import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock';
import { readAvailability } from '../../fleet/protocol/availability';
import { readFleetInfo } from '../../fleet/protocol/fleet-info';
import { readFleetResponse } from '../../fleet/protocol/fleet-response';
import { readPayload } from '../../fleet/protocol/payload';
import { clientId, phoneTopics, type PhoneTopics } from '../../fleet/protocol/topics';
import type { PhoneHolder } from '../running-agent';
import type { OpenConnection, Received } from './open-connection';

/** ms in which what the broker has retained comes, and in which an agent that lives answers. */
const RETAINED = 500;
const ANSWER = 3000;
/** ms in which one that may not be asked says that it is `online` all the same. */
const OBJECTION = 1500;
/** s */
const PING_TTL = 5;

export interface ProbeOptions {
  base: string;
  phone: string;
  clock: Clock;
  /** Of who had the phone last, and asks whether he still has it. */
  ownSession?: string | undefined;
}

/** @returns a client id that no phone has, so that nobody is pushed off */
export function probeClientId(base: string, phone: string): string {
  return `${clientId(base, phone)}.probe-${randomBytes(4).toString('hex')}`;
}

/**
 * Asks whether another agent has a phone, without disturbing it.
 * @param connection of a client that has a client id of its own and no will
 * @throws when the connection is lost before that is known
 * @returns who has it; undefined when nobody answers: an `online` that is left is of one whose end nobody has noticed
 */
export async function phoneHolder(
  connection: OpenConnection,
  { base, phone, clock, ownSession }: ProbeOptions,
): Promise<PhoneHolder | undefined> {
  const probe = new PhoneProbe(connection, phoneTopics(base, phone), clock, ownSession);
  return probe.run();
}

class PhoneProbe {
  private readonly id = `probe-${randomBytes(8).toString('hex')}`;
  private availability: 'online' | 'offline' | undefined;
  private holder: PhoneHolder = {};
  private answered = false;
  private objected = false;
  private objecting = false;
  private changed: () => void = () => undefined;

  constructor(
    private readonly connection: OpenConnection,
    private readonly topics: PhoneTopics,
    private readonly clock: Clock,
    private readonly ownSession: string | undefined,
  ) {}

  async run(): Promise<PhoneHolder | undefined> {
    const { connection, topics } = this;
    connection.onMessage((message) => {
      this.note(message);
      this.changed();
    });
    const answers = topics.response(this.id);
    await connection.subscribe({
      [answers]: { qos: 1 },
      [topics.info]: { qos: 1 },
      [topics.availability]: { qos: 1 },
    });
    await this.until(() => this.availability === 'offline' || this.knowsHolder, RETAINED);
    if (this.availability !== 'online' || this.isOwn) {
      if (!connection.isOpen) throw new Error('connection lost');
      return undefined;
    }
    const ping = { id: this.id, type: 'ping', ts: this.clock.wall(), ttl: PING_TTL };
    await this.publish(topics.command, JSON.stringify(ping), false);
    if (await this.until(() => this.answered, ANSWER)) return this.holder;
    if (await this.objects()) return this.holder;
    if (!connection.isOpen) throw new Error('connection lost');
    return undefined;
  }

  private get knowsHolder(): boolean {
    return this.availability !== undefined && this.holder.session !== undefined;
  }

  private get isOwn(): boolean {
    return this.ownSession !== undefined && this.holder.session === this.ownSession;
  }

  /** Who sends commands may be a right of its own, which this agent lacks. But an agent contradicts an `offline`. */
  private async objects(): Promise<boolean> {
    this.objecting = true;
    await this.publish(this.topics.availability, 'offline', true);
    return this.until(() => this.objected, OBJECTION);
  }

  private note({ topic, payload }: Received): void {
    const { topics } = this;
    if (topic === topics.availability) {
      this.availability = readAvailability(payload) ?? this.availability;
      if (this.objecting && this.availability === 'online') this.objected = true;
    } else if (topic === topics.info) {
      const { host, user, session } = readPayload(payload, readFleetInfo) ?? {};
      this.holder = {
        ...(host !== undefined && { host }),
        ...(user !== undefined && { user }),
        ...(session !== undefined && { session }),
      };
    } else if (topic === topics.response(this.id)) {
      // Also one whose clock is off, and says that the question is too old, lives.
      this.answered ||= readPayload(payload, readFleetResponse)?.id === this.id;
    }
  }

  /** What the broker refuses is as if it had not been asked. */
  private async publish(topic: string, payload: string, retain: boolean): Promise<void> {
    await this.connection.publish(topic, payload, { qos: 1, retain }).catch(() => undefined);
  }

  private until(fits: () => boolean, milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const over = (): void => {
        cancel();
        resolve(fits());
      };
      const cancel = this.clock.after(milliseconds, over);
      this.changed = () => {
        if (fits()) over();
      };
      void this.connection.closed.then(over);
      this.changed();
    });
  }
}
