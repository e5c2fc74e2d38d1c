import type { Clock } from '../../clock';
import { AGENT_TYPES, requireAllowed } from '../../fleet/protocol/command-types';
import {
  receivedCommand,
  type AnswerTo,
  type CommandMessage,
  type GivenCommand,
} from '../../fleet/protocol/fleet-command';
import { fleetResponseJson, type FleetResponse } from '../../fleet/protocol/fleet-response';
import { requireFresh, validityLeft } from '../../fleet/protocol/freshness';
import type { Command, CommandResult } from '../../phone/commands/command';
import { PhoneError } from '../../phone/errors/phone-error';
import type { AgentLog } from '../log/agent-log';
import type { OutgoingMessage } from '../publishing/outflow';
import { RecentCommands } from './recent-commands';

/** More are not begun: they would be too late when their turn comes. */
const MOST_UNDER_WAY = 200;
/**
 * So many of those learn it in so many ms: a storm must not push out the answers of others, nor the ids of what was carried
 * out while it may come again.
 */
const MOST_REFUSED = 1000;
const REFUSING = 10_000;
/** So many who ask for the same while it is under way get its answer, too. */
const MOST_ASKING = 20;
/** ms; the count of dropped messages is told no more often. */
const TELL_DROPPED = 60_000;

/** What came of a command, for whoever asks again with its id. */
type Outcome = Omit<FleetResponse & { ok: true }, 'id'> | Omit<FleetResponse & { ok: false }, 'id'>;

/** Who is to be answered. */
interface Asking {
  answerTo: AnswerTo;
  isOneOfMany: boolean;
}

export interface CommandDeskOptions {
  base: string;
  phone: string;
  session: string;
  /** Types that may come over the broker; absent: all. */
  allowed?: readonly string[] | undefined;
  clock: Clock;
  log: AgentLog;
  /** What is received now may have been sent long ago. */
  mayBeOld: () => boolean;
  /** Carries out what the guard of the phone lets through, if it can be begun in so many ms. */
  execute: (command: Command, validFor: number | undefined) => Promise<CommandResult>;
  /** @throws PhoneError `unsupported` for a phone that is no simulated one */
  simulate: (fields: object) => Promise<CommandResult>;
  /** Publishes again how the phone stands. */
  republish: () => void;
  answer: (message: OutgoingMessage) => void;
  /** ms until the answer to a command that went to many phones. */
  answerWait: () => number;
}

/** Takes the commands that come over the broker: each is carried out once at most, and never late. */
export class CommandDesk {
  private readonly recent = new RecentCommands<Outcome>();
  private readonly dropped = new Map<string, number>();
  /** By id: who asked for what is under way. */
  private readonly underWay = new Map<string, Asking[]>();
  private tellDropped = false;
  private refusing = { since: 0, count: 0 };

  constructor(private readonly options: CommandDeskOptions) {}

  /** @param isOneOfMany it came on the topic of a group, or of all */
  async take(message: CommandMessage, isOneOfMany = false): Promise<void> {
    const { base, phone } = this.options;
    const received = receivedCommand(message, { base, phone, isOneOfMany });
    if (received.kind === 'dropped') {
      this.drop(received.why);
      return;
    }
    if (received.kind === 'refused') {
      this.answer(received.answerTo, failure(received.error), isOneOfMany);
      return;
    }
    await this.takeOnce(received, isOneOfMany);
  }

  private async takeOnce(given: GivenCommand, isOneOfMany: boolean): Promise<void> {
    const { answerTo, fingerprint } = given;
    const now = this.options.clock.monotonic();
    if (this.isBusy && !this.recent.knows(answerTo.id, now) && !this.mayRefuse(now)) {
      this.drop('too_many');
      return;
    }
    const repeated = this.recent.note(answerTo.id, fingerprint, now);
    switch (repeated.is) {
      case 'under_way':
        this.joinAsking({ answerTo, isOneOfMany });
        return;
      case 'other':
        this.answer(answerTo, failure(new PhoneError('config', 'command_id_used', { id: answerTo.id })), isOneOfMany);
        return;
      case 'answered':
        this.answer(answerTo, repeated.answer, isOneOfMany);
        return;
      case 'new':
    }
    if (this.isBusy) {
      const outcome = failure(new PhoneError('refused', 'too_many'));
      this.recent.answered(answerTo.id, outcome);
      this.answer(answerTo, outcome, isOneOfMany);
      return;
    }
    const asking = [{ answerTo, isOneOfMany }];
    this.underWay.set(answerTo.id, asking);
    const outcome = await this.outcomeOf(given);
    this.underWay.delete(answerTo.id);
    this.recent.answered(answerTo.id, outcome);
    for (const one of asking) this.answer(one.answerTo, outcome, one.isOneOfMany);
  }

  private get isBusy(): boolean {
    return this.underWay.size >= MOST_UNDER_WAY;
  }

  /** Counts one more. */
  private mayRefuse(now: number): boolean {
    if (now >= this.refusing.since + REFUSING) this.refusing = { since: now, count: 0 };
    this.refusing.count += 1;
    return this.refusing.count <= MOST_REFUSED;
  }

  private joinAsking(one: Asking): void {
    const asking = this.underWay.get(one.answerTo.id);
    if (asking && asking.length < MOST_ASKING) asking.push(one);
    else this.drop('too_many');
  }

  /** Never rejects. */
  private async outcomeOf(given: GivenCommand): Promise<Outcome> {
    const { log, clock } = this.options;
    const { type } = given.fields;
    const began = clock.monotonic();
    const command = typeof type === 'string' ? type.slice(0, 64) : '';
    try {
      const outcome = await this.carriedOut(given);
      const level = AGENT_TYPES.some((one) => one === command) ? 'debug' : 'info';
      log[level]('command', { command, ok: true, ms: Math.round(clock.monotonic() - began) });
      return outcome;
    } catch (error) {
      const known = error instanceof PhoneError;
      log.info('command', { command, ok: false, code: known ? error.code : 'internal' });
      if (!known) log.error('internal_error', { detail: String(error) });
      return failure(known ? error : new PhoneError('config', 'internal'), clock.wall());
    }
  }

  private async carriedOut(given: GivenCommand): Promise<Outcome> {
    const { options } = this;
    const { clock, session, allowed } = options;
    const now = clock.wall();
    requireFresh(given, { now, session, mayBeOld: options.mayBeOld() });
    const { fields } = given;
    switch (fields['type']) {
      case 'ping':
        return { ok: true, result: {}, time: now, session };
      case 'snapshot':
        options.republish();
        return { ok: true, result: {} };
      case 'simulate':
        // Nobody can be called by it, nor anything be heard: it needs no permission.
        return { ok: true, result: await options.simulate(fields) };
    }
    requireAllowed(fields['type'], allowed);
    // The phone reads what is in it: the one door.
    return { ok: true, result: await options.execute(fields as unknown as Command, validityLeft(given, now)) };
  }

  private answer({ id, topic, correlationData }: AnswerTo, outcome: Outcome, isOneOfMany: boolean): void {
    const { answer, answerWait, clock } = this.options;
    const message: OutgoingMessage = {
      topic,
      payload: JSON.stringify(fleetResponseJson({ id, ...outcome })),
      retain: false,
      ...(correlationData && { properties: { correlationData: Buffer.from(correlationData) } }),
    };
    if (!isOneOfMany) answer(message);
    else
      clock.after(
        answerWait(),
        () => {
          answer(message);
        },
        { idle: true },
      );
  }

  private drop(why: string): void {
    const count = (this.dropped.get(why) ?? 0) + 1;
    this.dropped.set(why, count);
    if (this.tellDropped) return;
    this.tellDropped = true;
    this.options.clock.after(
      count === 1 ? 0 : TELL_DROPPED,
      () => {
        this.tellDropped = false;
        this.options.log.warn('commands_dropped', Object.fromEntries(this.dropped));
      },
      { idle: true },
    );
  }
}

/** @param time of the agent: with it, who has sent a command that was out of date can tell how far the clocks are apart */
function failure(error: PhoneError, time?: number): Outcome {
  return { ok: false, error, ...(error.code === 'expired_command' && time !== undefined && { time }) };
}
