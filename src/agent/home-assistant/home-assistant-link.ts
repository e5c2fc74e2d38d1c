import type { Clock } from '../../clock';
import { requireAllowed } from '../../fleet/protocol/command-types';
import type { CommandMessage } from '../../fleet/protocol/fleet-command';
import { DEFAULT_TTL, validityLeft } from '../../fleet/protocol/freshness';
import type { PhoneTopics } from '../../fleet/protocol/topics';
import type { Command, CommandResult } from '../../phone/commands/command';
import { PhoneError } from '../../phone/errors/phone-error';
import type { HomeAssistantConfig } from '../config/agent-config';
import type { AgentLog } from '../log/agent-log';
import type { OutgoingMessage } from '../publishing/outflow';
import type { DiscoveredPhone } from './discovery';
import type { EntityKey } from './entities';
import { discovery, isBirth, waitAfterBirth } from './publication';
import { receivedVerb, verbResponseJson, type VerbOutcome } from './verbs';

/** More are not begun: they would be too late when their turn comes. */
const MOST_UNDER_WAY = 20;

export interface HomeAssistantOptions {
  config: HomeAssistantConfig;
  topics: PhoneTopics;
  /** As it is now. */
  phone: () => DiscoveredPhone;
  /** What Home Assistant may still have of this phone from an earlier start. */
  removed: readonly EntityKey[];
  /** Types that may come over the broker; absent: all. */
  allowed?: readonly string[] | undefined;
  clock: Clock;
  log: AgentLog;
  /** What is received now may have been sent long ago. */
  mayBeOld: () => boolean;
  /** Carries it out, if it can be begun in so many ms. */
  execute: (command: Command, validFor: number | undefined) => Promise<CommandResult>;
  publish: (message: OutgoingMessage) => void;
  answer: (message: OutgoingMessage) => void;
  /** Publishes again how the phone stands. */
  republish: () => void;
}

/** A phone as a device of Home Assistant: tells of it, and takes what is pressed there. */
export class HomeAssistantLink {
  private told = '';
  private underWay = 0;
  private cancelBirth: (() => void) | undefined;

  constructor(private readonly options: HomeAssistantOptions) {}

  /** The device, for a new connection: after what it had once and is to be taken away. */
  retained(): OutgoingMessage[] {
    const { config, phone, removed } = this.options;
    const now = phone();
    this.told = now.microsip ?? '';
    const told = [...(removed.length > 0 ? [discovery(config, now, removed)] : []), discovery(config, now)];
    return told.map(({ topic, payload }) => ({ topic, payload, retain: true }));
  }

  /** The version of MicroSIP may be known now. */
  noteChange(): void {
    const { microsip = '' } = this.options.phone();
    if (microsip !== this.told) this.publishDevice();
  }

  /** Home Assistant forgets all that it does not read again after it has started. */
  noteStatus({ topic, payload }: { topic: string; payload: Uint8Array }): void {
    const { config, clock, republish } = this.options;
    if (!isBirth(config, topic, payload)) return;
    this.stop();
    this.cancelBirth = clock.after(
      waitAfterBirth(),
      () => {
        this.publishDevice();
        republish();
      },
      { idle: true },
    );
  }

  /** A command in plain text. Never rejects. */
  async take(verb: string, message: CommandMessage): Promise<void> {
    const { log, answer, topics, mayBeOld } = this.options;
    const received = receivedVerb(verb, message);
    if (received.kind === 'dropped' || mayBeOld() || this.underWay >= MOST_UNDER_WAY) {
      const why = received.kind === 'dropped' ? 'retained' : mayBeOld() ? 'old' : 'too_many';
      log.warn('commands_dropped', { [why]: 1 });
      return;
    }
    this.underWay += 1;
    const outcome: VerbOutcome =
      received.kind === 'refused'
        ? { ok: false, error: received.error }
        : await this.outcomeOf(received.command, message);
    this.underWay -= 1;
    log.info('command', { verb: verb.slice(0, 64), ok: outcome.ok, ...(!outcome.ok && { code: outcome.error.code }) });
    answer({ topic: topics.verbResponse, payload: JSON.stringify(verbResponseJson(verb, outcome)), retain: false });
  }

  private publishDevice(): void {
    for (const message of this.retained()) this.options.publish(message);
  }

  stop(): void {
    this.cancelBirth?.();
  }

  private async outcomeOf(command: Command, { properties }: CommandMessage): Promise<VerbOutcome> {
    const { allowed, execute, log } = this.options;
    try {
      requireAllowed(command.type, allowed);
      const expiry = properties?.messageExpiryInterval;
      const validFor = validityLeft({ ttl: DEFAULT_TTL, ...(expiry !== undefined && { expiry }) }, 0);
      return { ok: true, result: await execute(command, validFor) };
    } catch (error) {
      if (error instanceof PhoneError) return { ok: false, error };
      log.error('internal_error', { detail: String(error) });
      return { ok: false, error: new PhoneError('config', 'internal') };
    }
  }
}
