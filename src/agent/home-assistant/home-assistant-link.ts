import type { Clock } from '../../clock';
import { requireAllowed } from '../../fleet/protocol/command-types';
import type { CommandMessage } from '../../fleet/protocol/fleet-command';
import { DEFAULT_TTL, validityLeft } from '../../fleet/protocol/freshness';
import type { PhoneTopics } from '../../fleet/protocol/topics';
import type { Command, CommandResult, Feature } from '../../phone/commands/command';
import { PhoneError } from '../../phone/errors/phone-error';
import type { HomeAssistantConfig } from '../config/agent-config';
import type { AgentLog } from '../log/agent-log';
import type { OutgoingMessage } from '../publishing/outflow';
import { offeredBefore, phoneEntities, type DiscoveredPhone } from './discovery';
import { SHOWN_FEATURES, type EntityKey } from './entities';
import { discovery, isBirth, waitAfterBirth } from './publication';
import { receivedVerb, verbResponseJson, type VerbOutcome } from './verbs';

/** More are not begun: they would be too late when their turn comes. */
const MOST_UNDER_WAY = 20;
/** ms; a switch that comes and goes all the time must not make Home Assistant build its entities anew all the time. */
const RETOLD_EACH = 10_000;

export interface HomeAssistantOptions {
  config: HomeAssistantConfig;
  topics: PhoneTopics;
  /** As it is now; while nobody sees what its MicroSIP offers, without `features`. */
  phone: () => DiscoveredPhone;
  /** What Home Assistant was told before that this phone has. */
  before: readonly EntityKey[];
  /** What it is told from now on. */
  noteEntities: (entities: readonly EntityKey[]) => void;
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
  /** What may have changed of the device, as it was told last. */
  private told = '';
  private toldAt = -Infinity;
  private cancelRetelling: (() => void) | undefined;
  /** A MicroSIP that is closed may offer the same when it is back. */
  private features: readonly Feature[];
  /** All that Home Assistant may have. */
  private readonly known: Map<string, EntityKey>;
  private underWay = 0;
  private cancelBirth: (() => void) | undefined;

  constructor(private readonly options: HomeAssistantOptions) {
    const { before } = options;
    this.features = offeredBefore(before);
    this.known = new Map(before.map((entity) => [entity.key, entity]));
  }

  /** The device, for a new connection: after what it had once and is to be taken away. */
  retained(): OutgoingMessage[] {
    const { config, noteEntities } = this.options;
    const phone = this.present();
    this.told = changeable(phone);
    const entities = phoneEntities(phone).map(({ key, platform }) => ({ key, platform }));
    const keys = new Set(entities.map(({ key }) => key));
    const gone = [...this.known.values()].filter(({ key }) => !keys.has(key));
    for (const entity of entities) this.known.set(entity.key, entity);
    noteEntities(entities);
    const documents = [...(gone.length > 0 ? [discovery(config, phone, gone)] : []), discovery(config, phone)];
    return documents.map(({ topic, payload }) => ({ topic, payload, retain: true }));
  }

  /** The version of MicroSIP may be known now, or another switch may be there. */
  noteChange(): void {
    const { clock } = this.options;
    if (this.cancelRetelling || changeable(this.present()) === this.told) return;
    const wait = this.toldAt + RETOLD_EACH - clock.monotonic();
    if (wait <= 0) {
      this.retell();
      return;
    }
    this.cancelRetelling = clock.after(
      wait,
      () => {
        this.cancelRetelling = undefined;
        if (changeable(this.present()) !== this.told) this.retell();
      },
      { idle: true },
    );
  }

  /** Home Assistant forgets all that it does not read again after it has started. */
  noteStatus({ topic, payload }: { topic: string; payload: Uint8Array }): void {
    const { config, clock, republish } = this.options;
    if (!isBirth(config, topic, payload)) return;
    this.cancelBirth?.();
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

  stop(): void {
    this.cancelBirth?.();
    this.cancelRetelling?.();
  }

  private present(): DiscoveredPhone {
    const phone = this.options.phone();
    if (phone.features) this.features = SHOWN_FEATURES.filter((feature) => phone.features?.includes(feature));
    return { ...phone, features: this.features };
  }

  private retell(): void {
    this.toldAt = this.options.clock.monotonic();
    this.publishDevice();
  }

  private publishDevice(): void {
    for (const message of this.retained()) this.options.publish(message);
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

function changeable({ microsip, features }: DiscoveredPhone): string {
  return JSON.stringify([microsip, features]);
}
