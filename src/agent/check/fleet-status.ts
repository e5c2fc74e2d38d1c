import type { AgentConfig } from '../config/agent-config';
import { connectFailure } from '../connection/connect-failure';
import type { OpenConnection } from '../connection/open-connection';
import { askBroker } from './ask-broker';
import { brokerTrouble, type BrokerTrouble } from './broker-trouble';
import { presenceAt, type AgentAtBroker } from './presence';

/** What the broker says of one phone of the configuration. */
export interface PhoneStatus extends AgentAtBroker {
  id: string;
  online: boolean;
  trouble?: BrokerTrouble;
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
      const { online, told } = await presenceAt(connection, config.base, id);
      found.push({ id, online, ...told });
    } finally {
      await connection.end();
    }
  }
  return found;
}
