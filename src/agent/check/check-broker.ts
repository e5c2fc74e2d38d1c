import { randomUUID } from 'node:crypto';
import type { AgentConfig, AgentPhoneConfig } from '../config/agent-config';
import { connectFailure } from '../connection/connect-failure';
import { PublishRefused, type OpenConnection } from '../connection/open-connection';
import { phoneTopics } from '../../fleet/protocol/topics';
import { askBroker } from './ask-broker';
import { brokerTrouble, type BrokerTrouble } from './broker-trouble';
import { presenceAt, type AgentAtBroker } from './presence';

/** What the broker says to one phone. */
export interface BrokerCheck {
  /** Version of MQTT. */
  mqtt?: '3.1.1' | '5';
  trouble?: BrokerTrouble & { topic?: string };
  /** An agent that is there, as far as it tells. */
  online?: AgentAtBroker;
}

/** Connects as this phone would, but beside it: nothing is retained, nobody is disturbed. */
export async function checkBroker(config: AgentConfig, phone: AgentPhoneConfig): Promise<BrokerCheck> {
  let connection: OpenConnection;
  try {
    connection = await askBroker(config, phone);
  } catch (error) {
    return { trouble: brokerTrouble(connectFailure(error)) };
  }
  try {
    const mqtt = connection.protocolVersion === 5 ? '5' : '3.1.1';
    const trouble = await rightsTrouble(connection, config.base, phone.id);
    if (trouble) return { mqtt, trouble };
    const { online, told } = await presenceAt(connection, config.base, phone.id);
    return { mqtt, ...(online && { online: told }) };
  } finally {
    await connection.end();
  }
}

/**
 * Only MQTT 5 tells of a message that may not be published. It goes to a topic for answers, where nobody waits for it:
 * on the others it would be believed.
 */
async function rightsTrouble(connection: OpenConnection, base: string, id: string): Promise<BrokerCheck['trouble']> {
  const topics = phoneTopics(base, id);
  const answer = topics.response(`check-${randomUUID()}`);
  const [refused] = await connection.subscribe({ [topics.command]: { qos: 1, onlyLive: true } });
  if (refused !== undefined) return { code: 'broker_refused', reason: 'no_subscription', topic: refused };
  try {
    await connection.publish(answer, JSON.stringify({ ok: true }), { qos: 1, retain: false });
    return undefined;
  } catch (error) {
    if (!(error instanceof PublishRefused)) return brokerTrouble(connectFailure(error));
    return { code: 'broker_refused', reason: 'no_publication', topic: `${base}/${id}/#` };
  }
}
