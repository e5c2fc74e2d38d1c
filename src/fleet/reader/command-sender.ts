import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import { PhoneError } from '../../phone/errors/phone-error';
import type { BrokerPort } from '../broker/broker-port';
import type { FleetResponse } from '../protocol/fleet-response';
import { DEFAULT_TTL, LEAST_TTL, MOST_TTL } from '../protocol/freshness';
import { sentCommand } from '../protocol/sent-command';
import { allCommandTopic, groupCommandTopic, phoneTopics } from '../protocol/topics';
import { AwaitedAnswers } from './awaited-answers';
import type { CollectOptions, FleetAnswer, FleetCommand, FleetTarget, Outcome, SendOptions } from './fleet';
import type { PhoneRecord } from './phone-record';

/** ms in which an agent has done what it has taken, unless who asks knows better */
const ANSWER_TIME = 2000;
/** ms to wait for the answers of many, which may be spread over 2 s */
const COLLECT_TIME = 5000;

const SNAPSHOT = { type: 'snapshot' } as const;

/** A command that went to many in one message. */
interface SentToMany {
  command: FleetCommand;
  ttl: number;
  /** By the monotonic clock, ms. */
  sent: number;
  /** ms from then on in which answers are waited for */
  time: number;
  /** Phones that were asked again by themselves. */
  again: Set<string>;
}

export interface SenderHost {
  readonly broker: BrokerPort;
  readonly clock: Clock;
  readonly base: string;
  /** The name under which answers come. */
  readonly from: string;
  record(phone: string): PhoneRecord | undefined;
  records(): Iterable<PhoneRecord>;
}

/**
 * Sends commands and knows their answers. None is sent again of which nobody can tell what became; only one that an agent
 * has refused because its clock is another, and which it then knows how to date.
 */
export class CommandSender {
  private readonly answers: AwaitedAnswers;
  /** When the commands that may tell of an agent's clock were sent, in ms by the wall clock. */
  private readonly sentAt = new Map<string, number>();
  private readonly toMany = new Map<string, SentToMany>();

  constructor(private readonly host: SenderHost) {
    this.answers = new AwaitedAnswers(host.clock, (phone) => host.record(phone)?.online === true);
  }

  /** @throws PhoneError */
  async send(phone: string, command: FleetCommand, options: SendOptions = {}): Promise<FleetAnswer> {
    const { ttl = DEFAULT_TTL, timeout = ANSWER_TIME } = options;
    return this.sendInTime(phone, command, ttl, ttl * 1000 + timeout);
  }

  async sendToMany(
    target: FleetTarget,
    command: FleetCommand,
    options: CollectOptions = {},
  ): Promise<Map<string, Outcome>> {
    const { base, broker, clock } = this.host;
    // What is carried out after the answers were counted would be missing in them.
    const { time = COLLECT_TIME, ttl = Math.min(MOST_TTL, Math.max(LEAST_TTL, time / 1000)) } = options;
    if (!broker.connected) throw new PhoneError('broker_offline');
    if ('phones' in target) return this.sendToEach([...new Set(target.phones)], command, ttl, time);
    const topic = 'group' in target ? groupCommandTopic(base, target.group) : allCommandTopic(base);
    const isMeant = ({ online, groups }: PhoneRecord): boolean =>
      online && ('all' in target || groups.includes(target.group));
    const meant = [...this.host.records()].filter(isMeant).map(({ id }) => id);
    if (meant.length === 0) return new Map();
    const many = { command, ttl, sent: clock.monotonic(), time, again: new Set<string>() };
    return this.publish(topic, command, { ts: clock.wall(), ttl }, meant, time, many);
  }

  /** What the broker has not delivered of a phone comes once more, whatever the clock of its agent says. */
  requestSnapshot(phone: string): void {
    const { session, online } = this.host.record(phone) ?? {};
    const topic = phoneTopics(this.host.base, phone).command;
    if (session !== undefined) this.request(topic, { session });
    else if (online) void this.send(phone, SNAPSHOT).catch(() => undefined);
    else this.request(topic, { ts: this.host.clock.wall() });
  }

  requestAllSnapshots(): void {
    this.request(allCommandTopic(this.host.base), { ts: this.host.clock.wall() });
  }

  /** What became of a command, from whoever says so. @returns false when nobody waits for it */
  take(phone: string, response: FleetResponse): boolean {
    const { id, time } = response;
    const { clock } = this.host;
    const sent = this.sentAt.get(id);
    if (sent === undefined) return false;
    const tellsTime = time !== undefined && (response.ok || response.error.code === 'expired_command');
    if (tellsTime) this.host.record(phone)?.difference.answered(time, sent, clock.wall());
    return this.sendAgain(id, phone, response) || this.answers.take(id, phone, outcomeOf(response));
  }

  agentGone(phone: string): void {
    this.answers.agentGone(phone);
  }

  brokerLost(): void {
    this.answers.endAll(new PhoneError('broker_offline', 'unanswered'));
  }

  close(): void {
    this.answers.endAll(new PhoneError('closed', 'closing'));
  }

  /** Without our name the answer goes where nobody listens. */
  private request(topic: string, dating: { ts: number } | { session: string }): void {
    const text = sentCommand(SNAPSHOT, { id: randomUUID(), ttl: DEFAULT_TTL, ...dating });
    this.host.broker.publish(topic, text, { qos: 1, retain: false }).catch(() => undefined);
  }

  private async sendInTime(phone: string, command: FleetCommand, ttl: number, wait: number): Promise<FleetAnswer> {
    const { clock } = this.host;
    const began = clock.monotonic();
    try {
      return await this.sendOne(phone, command, { ttl, wait, age: 0 });
    } catch (error) {
      const age = clock.monotonic() - began;
      if (!isOfClocks(error) || age >= ttl * 1000) throw error;
      return this.sendOne(phone, command, { ttl, wait: wait - age, age });
    }
  }

  /**
   * A command for many is dated by our clock: who has refused it because of his gets it by himself, once.
   * @returns whether its answer is that to the second one
   */
  private sendAgain(id: string, phone: string, response: FleetResponse): boolean {
    const many = this.toMany.get(id);
    if (!many || response.ok || !isOfClocks(response.error)) return false;
    const { command, ttl, sent, time, again } = many;
    const age = this.host.clock.monotonic() - sent;
    if (!this.answers.isAwaited(id, phone) || again.has(phone)) return again.has(phone);
    if (age >= Math.min(ttl * 1000, time)) return false;
    again.add(phone);
    this.sendOne(phone, command, { ttl, wait: time - age, age })
      .then((result): Outcome => ({ ok: true, result }))
      .catch((error: unknown): Outcome => ({ ok: false, error: error instanceof PhoneError ? error : response.error }))
      .then((outcome) => this.answers.take(id, phone, outcome))
      .catch(() => undefined);
    return true;
  }

  /** @param age of the command, ms */
  private async sendOne(
    phone: string,
    command: FleetCommand,
    { ttl, wait, age }: { ttl: number; wait: number; age: number },
  ): Promise<FleetAnswer> {
    const record = this.host.record(phone);
    if (!this.host.broker.connected) throw new PhoneError('broker_offline');
    if (!record?.online) throw new PhoneError('agent_offline');
    const { session, agentTime } = record;
    // Of this session only: an agent that was started anew does not know what was carried out before.
    const dating = { ts: agentTime - age, ttl, ...(session !== undefined && { session }) };
    const topic = phoneTopics(this.host.base, phone).command;
    const outcomes = await this.publish(topic, command, dating, [phone], wait);
    const outcome = outcomes.get(phone);
    if (outcome?.ok) return outcome.result;
    throw outcome?.error ?? new PhoneError('agent_offline');
  }

  private async sendToEach(
    phones: readonly string[],
    command: FleetCommand,
    ttl: number,
    time: number,
  ): Promise<Map<string, Outcome>> {
    const sent = phones.map(async (phone): Promise<[string, Outcome]> => {
      try {
        return [phone, { ok: true, result: await this.sendInTime(phone, command, ttl, time) }];
      } catch (error) {
        if (!(error instanceof PhoneError)) throw error;
        return [phone, { ok: false, error }];
      }
    });
    return new Map(await Promise.all(sent));
  }

  private async publish(
    topic: string,
    command: FleetCommand,
    dating: { ts: number; ttl: number; session?: string },
    phones: readonly string[],
    ms: number,
    many?: SentToMany,
  ): Promise<Map<string, Outcome>> {
    const { broker, clock, from } = this.host;
    const id = randomUUID();
    checkTtl(dating.ttl);
    const text = sentCommand(command, { id, from, ...dating, ts: Math.round(dating.ts) });
    const answered = this.answers.expect(id, phones, ms, many !== undefined);
    this.sentAt.set(id, clock.wall());
    if (many) this.toMany.set(id, many);
    // Not waited for: the answer may be quicker, and no broker port has to resolve.
    broker.publish(topic, text, { qos: 1, retain: false }).catch((error: unknown) => {
      this.answers.failAll(id, error instanceof PhoneError ? error : new PhoneError('broker_offline'));
    });
    try {
      return await answered;
    } finally {
      this.sentAt.delete(id);
      this.toMany.delete(id);
    }
  }
}

function outcomeOf(response: FleetResponse): Outcome {
  if (!response.ok) return { ok: false, error: response.error };
  const { result, time, session } = response;
  return {
    ok: true,
    result: { ...result, ...(time !== undefined && { time }), ...(session !== undefined && { session }) },
  };
}

/** It was refused, so that nothing of it was done, and who has refused it has told what time it is there. */
function isOfClocks(error: unknown): boolean {
  return error instanceof PhoneError && (error.reason === 'late' || error.reason === 'ahead');
}

/** @throws PhoneError `config` */
function checkTtl(ttl: number): void {
  if (!(ttl >= LEAST_TTL && ttl <= MOST_TTL))
    throw new PhoneError('config', 'command_ttl', { least: LEAST_TTL, most: MOST_TTL });
}
