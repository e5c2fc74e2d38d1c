import { DISCOVERY_PREFIX, phoneTopics } from '../../fleet/protocol/topics';
import type { Clock } from '../../clock';
import type { AgentConfig } from '../config/agent-config';
import { PublishRefused, type OpenConnection } from '../connection/open-connection';
import { PhoneProbe } from '../connection/phone-probe';
import { discoveryTopic } from '../home-assistant/discovery';
import { askBroker } from './ask-broker';
import { retainedIn } from './retained';

export type Forgotten =
  | { done: true; topics: string[] }
  /** An agent has the phone, and would publish it all again. */
  | { done: false; why: 'in_use' }
  | { done: false; why: 'no_right'; topic: string };

/**
 * Takes away all that the broker has retained of a phone, also its device in Home Assistant.
 * @throws ConnectFailure
 */
export async function forgetPhone(config: AgentConfig, id: string, clock: Clock): Promise<Forgotten> {
  const { base, homeAssistant } = config;
  const connection = await askBroker(
    config,
    config.phones.find((phone) => phone.id === id),
  );
  try {
    const probe = new PhoneProbe(connection, { base, phone: id, clock });
    await probe.look();
    if (await probe.isHeld()) return { done: false, why: 'in_use' };
    const topics = phoneTopics(base, id);
    const retained = await retainedIn(connection, [`${base}/${id}/#`]);
    const own = new Set([topics.availability, topics.state, topics.lastCall, topics.info, ...retained.keys()]);
    for (const topic of own) {
      if (!(await cleared(connection, topic))) return { done: false, why: 'no_right', topic };
    }
    // Where Home Assistant is not asked for, there need be no right to its topics either.
    const device = discoveryTopic(homeAssistant ? homeAssistant.prefix : DISCOVERY_PREFIX, base, id);
    if (!(await cleared(connection, device)) && homeAssistant) return { done: false, why: 'no_right', topic: device };
    return { done: true, topics: [...own, device] };
  } finally {
    await connection.end();
  }
}

/** @returns false when the broker does not let us; only MQTT 5 tells */
async function cleared(connection: OpenConnection, topic: string): Promise<boolean> {
  try {
    await connection.publish(topic, '', { qos: 1, retain: true });
    return true;
  } catch (error) {
    if (!(error instanceof PublishRefused)) throw error;
    return false;
  }
}
