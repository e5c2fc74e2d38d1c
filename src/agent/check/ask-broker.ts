import { randomUUID } from 'node:crypto';
import type { AgentConfig, AgentPhoneConfig } from '../config/agent-config';
import { ConnectFailure, connectFailure } from '../connection/connect-failure';
import { connectOptions } from '../../fleet/broker/connect-options';
import { openConnection, type OpenConnection } from '../connection/open-connection';

/** ms until the broker has to have answered */
const PATIENCE = 10_000;

/**
 * A connection beside that of a running agent, which it leaves alone: it has another client id and no last will.
 * @throws ConnectFailure
 */
export async function askBroker(
  { broker, base }: Pick<AgentConfig, 'broker' | 'base'>,
  phone: Pick<AgentPhoneConfig, 'username' | 'password'> = {},
): Promise<OpenConnection> {
  const { username, password } = phone;
  const open = async (protocolVersion: 4 | 5): Promise<OpenConnection> => {
    const clientId = `${base}-ask-${randomUUID()}`;
    const options = { clientId, username, password, protocolVersion, connectTimeout: PATIENCE };
    try {
      return await openConnection(broker.url, await connectOptions(broker, options));
    } catch (error) {
      throw connectFailure(error);
    }
  };
  try {
    return await open(5);
  } catch (error) {
    if (!(error instanceof ConnectFailure) || !(error.word === 'protocol' || error.wordless)) throw error;
    return open(4);
  }
}
