import { fieldsOf, listOf, text, wordOf, type Reader } from '../../messages/json-reader';
import { isPhoneId } from '../../fleet/protocol/fleet-id';
import type { AgentConfig } from '../config/agent-config';
import { PLATFORMS, type EntityKey } from '../home-assistant/entities';
import { KeptJson } from './kept-json';

/** What an agent had at the broker when it ran last. */
export interface AgentPast {
  phones: string[];
  /** Of Home Assistant's discovery; absent: it told nothing there. */
  prefix?: string;
  /** What Home Assistant was told that the phones have. */
  entities?: PhoneEntity[];
}

interface PhoneEntity extends EntityKey {
  phone: string;
}

const phoneId: Reader<string> = (json) => (isPhoneId(json) ? json : undefined);
const entity: Reader<PhoneEntity> = fieldsOf<PhoneEntity>(
  { phone: phoneId, key: text, platform: wordOf(PLATFORMS) },
  {},
);
const readPast: Reader<AgentPast> = fieldsOf<AgentPast>(
  { phones: listOf(phoneId) },
  { prefix: text, entities: listOf(entity) },
);

/** Remembers what has to be cleared when it is no longer in the file. */
export class KeptPast {
  private readonly kept: KeptJson<AgentPast>;
  private past: AgentPast = { phones: [] };

  constructor(
    path: string,
    private readonly config: AgentConfig,
    onFailure: (error: unknown) => void,
  ) {
    this.kept = new KeptJson(path, readPast, onFailure);
  }

  /** From here on the present phones are part of the past. */
  async begin(): Promise<void> {
    this.past = (await this.kept.load()) ?? this.past;
    this.save();
  }

  /** Phones that are no longer in the file. */
  get vanished(): string[] {
    return this.past.phones.filter((id) => !this.present.includes(id));
  }

  /** Where Home Assistant was told of the phones, and is not any more. */
  get formerPrefix(): string | undefined {
    const { homeAssistant } = this.config;
    const { prefix } = this.past;
    return homeAssistant && homeAssistant.prefix === prefix ? undefined : prefix;
  }

  /** What Home Assistant was told that a phone has. */
  entitiesOf(id: string): EntityKey[] {
    const { entities = [] } = this.past;
    return entities.filter(({ phone }) => phone === id).map(({ key, platform }) => ({ key, platform }));
  }

  noteEntities(id: string, entities: readonly EntityKey[]): void {
    const others = (this.past.entities ?? []).filter(({ phone }) => phone !== id);
    this.past = { ...this.past, entities: [...others, ...entities.map((entity) => ({ phone: id, ...entity }))] };
    this.save();
  }

  forgotten(id: string): void {
    this.past = { ...this.past, phones: this.past.phones.filter((one) => one !== id) };
    this.save();
  }

  private save(): void {
    const { homeAssistant } = this.config;
    // What is to be cleared there stays known until the next start: the broker may be away now.
    const prefix = homeAssistant ? homeAssistant.prefix : this.past.prefix;
    this.kept.save({
      phones: [...new Set([...this.past.phones, ...this.present])],
      ...(prefix !== undefined && { prefix }),
      ...(homeAssistant && { entities: this.past.entities ?? [] }),
    });
  }

  private get present(): string[] {
    return this.config.phones.map(({ id }) => id);
  }
}
