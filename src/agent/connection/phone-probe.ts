import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock';
import { readAvailability, type Availability } from '../../fleet/protocol/availability';
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
}

/** @returns a client id that no phone has, so that nobody is pushed off */
export function probeClientId(base: string, phone: string): string {
  return `${clientId(base, phone)}.probe-${randomBytes(4).toString('hex')}`;
}

/** Looks who has a phone without disturbing him: by a client that has a client id of its own and no will. */
export class PhoneProbe {
  /** Who had the phone last, as far as the broker has kept it. */
  holder: PhoneHolder = {};
  private readonly id = `probe-${randomBytes(8).toString('hex')}`;
  private readonly topics: PhoneTopics;
  private availability: Availability | undefined;
  private answered = false;
  private objecting = false;
  private objected = false;
  private changed: () => void = () => undefined;

  constructor(
    private readonly connection: OpenConnection,
    private readonly options: ProbeOptions,
  ) {
    this.topics = phoneTopics(options.base, options.phone);
    connection.onMessage((message) => {
      this.note(message);
      this.changed();
    });
  }

  /**
   * Learns what the broker has retained.
   * @throws when the connection is lost before that is known
   */
  async look(): Promise<void> {
    const { info, availability } = this.topics;
    await this.connection.subscribe({ [info]: { qos: 1 }, [availability]: { qos: 1 } });
    await this.until(() => this.availability !== undefined && this.holder.session !== undefined, RETAINED);
    this.requireConnection();
  }

  /**
   * Asks whether anybody lives who has the phone: an `online` may be left of somebody whose end no one has noticed.
   * @throws when the connection is lost before that is known
   */
  async isHeld(): Promise<boolean> {
    if (this.availability !== 'online') return false;
    await this.connection.subscribe({ [this.topics.response(this.id)]: { qos: 1 } });
    const ping = { id: this.id, type: 'ping', ts: this.options.clock.wall(), ttl: PING_TTL };
    await this.publish(this.topics.command, JSON.stringify(ping), false);
    const held = (await this.until(() => this.answered, ANSWER)) || (await this.objects());
    if (!held) this.requireConnection();
    return held;
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
      const cancel = this.options.clock.after(milliseconds, over);
      this.changed = () => {
        if (fits()) over();
      };
      void this.connection.closed.then(over);
      this.changed();
    });
  }

  private requireConnection(): void {
    if (!this.connection.isOpen) throw new Error('connection lost');
  }
}
