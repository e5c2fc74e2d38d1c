import { randomUUID } from 'node:crypto';
import { DISCOVERY_PREFIX, phoneTopics } from '../../fleet/protocol/topics';
import { jsonOf } from '../../fleet/protocol/payload';
import type { Clock } from '../../clock';
import { withinTime } from '../../within-time';
import type { AgentConfig } from '../config/agent-config';
import { PublishRefused, type OpenConnection } from '../connection/open-connection';
import { discoveryTopic } from '../home-assistant/discovery';
import { askBroker } from './ask-broker';
import { retainedIn } from './retained';

export type Forgotten =
  | { done: true; topics: string[] }
  /** An agent has the phone, and would publish it all again. */
  | { done: false; why: 'in_use' }
  | { done: false; why: 'no_right'; topic: string };

/** ms that an agent may take for its answer */
const PATIENCE = 3000;

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
    const topics = phoneTopics(base, id);
    const retained = await retainedIn(connection, [`${base}/${id}/#`]);
    const isOnline = retained.get(topics.availability)?.toString() === 'online';
    if (isOnline && (await answers(connection, base, id, clock))) return { done: false, why: 'in_use' };
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

async function answers(connection: OpenConnection, base: string, phone: string, clock: Clock): Promise<boolean> {
  const topics = phoneTopics(base, phone);
  const id = `forget-${randomUUID()}`;
  const response = topics.response(id);
  const heard = new Promise<boolean>((resolve) => {
    connection.onMessage(({ topic, payload }) => {
      const answer = topic === response ? jsonOf(payload) : undefined;
      if (typeof answer === 'object' && answer !== null && 'session' in answer) resolve(true);
    });
  });
  await connection.subscribe({ [response]: { qos: 1 } });
  const ping = { id, type: 'ping', ts: clock.wall(), ttl: PATIENCE / 1000 };
  try {
    await connection.publish(topics.command, JSON.stringify(ping), { qos: 1, retain: false });
  } catch (error) {
    // Nobody who may not ask gets an answer.
    if (!(error instanceof PublishRefused)) throw error;
    return false;
  }
  return (await withinTime(heard, PATIENCE)) ?? false;
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
