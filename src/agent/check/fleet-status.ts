import { readFleetInfo } from '../../fleet/protocol/fleet-info';
import { readPayload } from '../../fleet/protocol/payload';
import { phoneTopics } from '../../fleet/protocol/topics';
import type { AgentConfig } from '../config/agent-config';
import { connectFailure } from '../connection/connect-failure';
import type { OpenConnection } from '../connection/open-connection';
import { askBroker } from './ask-broker';
import { brokerTrouble, type BrokerTrouble } from './broker-trouble';
import { retainedIn } from './retained';

/** What the broker says of one phone of the configuration. */
export interface PhoneStatus {
  id: string;
  online: boolean;
  trouble?: BrokerTrouble;
  host?: string;
  user?: string;
  agent?: string;
}

export async function fleetStatus(config: AgentConfig): Promise<PhoneStatus[]> {
  const found: PhoneStatus[] = [];
  for (const phone of config.phones) {
    const { id } = phone;
    let connection: OpenConnection;
    try {
      connection = await askBroker(config, phone);
    } catch (error) {
      found.push({ id, online: false, trouble: brokerTrouble(connectFailure(error)) });
      continue;
    }
    try {
      const { availability, info } = phoneTopics(config.base, id);
      const retained = await retainedIn(connection, [availability, info]);
      const told = retained.get(info);
      const { host, user, agent } = (told && readPayload(told, readFleetInfo)) ?? {};
      const online = retained.get(availability)?.toString() === 'online';
      found.push({ id, online, ...(host && { host }), ...(user && { user }), ...(agent && { agent }) });
    } finally {
      await connection.end();
    }
  }
  return found;
}
