import { phoneTopics } from '../../fleet/protocol/topics';
import { REMOTE_TYPES } from '../../fleet/protocol/command-types';
import type { Feature } from '../../phone/commands/command';
import { entities, SHOWN_FEATURES, type Entity, type EntityKey } from './entities';

export interface DiscoveredPhone {
  /** Of the fleet. */
  base: string;
  id: string;
  /** As people call it. */
  name: string;
  /** Version of the agent. */
  agent: string;
  /** Version of MicroSIP, where it is known. */
  microsip?: string;
  /** The types of commands that it takes from the broker; absent: all. */
  commands?: readonly string[];
  /** The switches that its MicroSIP offers; absent: none that anybody knows of. */
  features?: readonly Feature[];
  /** Whether the last call is kept at the broker. */
  keepsLastCall: boolean;
}

/** Of https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload (2024.12 and newer). */
export interface DiscoveryDocument {
  device: Record<string, unknown>;
  origin: Record<string, unknown>;
  availability: { topic: string }[];
  qos: 1;
  components: Record<string, Record<string, unknown>>;
}

const SUPPORT_URL = 'https://github.com/callflow/node-red-microsip';

/** Where Home Assistant looks for the device; it takes letters, digits, `_` and `-` only, and at most two levels. */
export function discoveryTopic(prefix: string, base: string, id: string): string {
  return `${prefix}/device/${base.replace(/[^A-Za-z0-9_-]/g, '-')}/${id}/config`;
}

/** What a phone has at Home Assistant: that for which it takes the commands, and that which its MicroSIP offers. */
export function phoneEntities(phone: Omit<DiscoveredPhone, 'name' | 'agent' | 'microsip'>): Entity[] {
  const { base, id, commands = REMOTE_TYPES, features = [] } = phone;
  return entities(phoneTopics(base, id), phone).filter(
    ({ command, feature }) =>
      (command === undefined || commands.includes(command)) && (feature === undefined || features.includes(feature)),
  );
}

/** The switches that a phone offered, by what Home Assistant was told of it. */
export function offeredBefore(told: readonly EntityKey[]): Feature[] {
  return SHOWN_FEATURES.filter((feature) => told.some(({ key, platform }) => key === feature && platform === 'switch'));
}

/**
 * A phone as a device of Home Assistant, to be published retained. What is retained there as nothing removes the device.
 * @param removed what Home Assistant has to take away; it then has to be told once more without
 */
export function discoveryDocument(phone: DiscoveredPhone, removed: readonly EntityKey[] = []): DiscoveryDocument {
  const { base, id, name, agent, microsip } = phone;
  return {
    device: {
      identifiers: [`${base}/${id}`],
      name,
      manufacturer: 'MicroSIP',
      model: 'Softphone',
      ...(microsip !== undefined && { sw_version: microsip }),
    },
    origin: { name: 'microsip-agent', sw_version: agent, support_url: SUPPORT_URL },
    availability: [{ topic: phoneTopics(base, id).availability }],
    qos: 1,
    components: Object.fromEntries([
      ...removed.map(({ key, platform }) => [key, { platform }] as const),
      ...phoneEntities(phone).map((entity) => [entity.key, component(entity, base, id)] as const),
    ]),
  };
}

function component({ key, platform, name, config }: Entity, base: string, id: string): Record<string, unknown> {
  return {
    platform,
    unique_id: `${base}/${id}/${key}`,
    default_entity_id: `${platform}.${slug(id)}_${key}`,
    name,
    qos: 1,
    ...config,
  };
}

/** As Home Assistant makes ids of entities. */
function slug(id: string): string {
  return (
    id
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '') || 'phone'
  );
}
