import type { HomeAssistantConfig } from '../config/agent-config';
import { discoveryDocument, discoveryTopic, type DiscoveredPhone } from './discovery';
import type { EntityKey } from './entities';

/** ms: all devices at once would be more than a small Home Assistant bears while it starts. */
const LONGEST_WAIT = 5000;

/** To be published with QoS 1, retained, at each connect and after each birth of Home Assistant. */
export interface Publication {
  topic: string;
  payload: string;
}

export function discovery(
  { prefix }: HomeAssistantConfig,
  phone: DiscoveredPhone,
  removed?: readonly EntityKey[],
): Publication {
  const document = discoveryDocument(phone, removed);
  return { topic: discoveryTopic(prefix, phone.base, phone.id), payload: JSON.stringify(document) };
}

/** Whether a message says that Home Assistant has started, so that it wants to be told of the device once more. */
export function isBirth({ statusTopic }: HomeAssistantConfig, topic: string, payload: Uint8Array): boolean {
  return topic === statusTopic && Buffer.from(payload).toString() === 'online';
}

/** How long (ms) to wait after that. */
export function waitAfterBirth(random: () => number = Math.random): number {
  return Math.floor(random() * LONGEST_WAIT);
}
