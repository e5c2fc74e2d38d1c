import { readFleetInfo } from '../../fleet/protocol/fleet-info';
import { readPayload } from '../../fleet/protocol/payload';
import { phoneTopics } from '../../fleet/protocol/topics';
import type { OpenConnection } from '../connection/open-connection';
import { retainedIn } from './retained';

/** Of the agent that has or had a phone, as far as it tells. */
export interface AgentAtBroker {
  host?: string;
  user?: string;
  agent?: string;
}

/** What the broker has kept of a phone: whether it is online, and whose agent that is. */
export async function presenceAt(
  connection: OpenConnection,
  base: string,
  id: string,
): Promise<{ online: boolean; told: AgentAtBroker }> {
  const { availability, info } = phoneTopics(base, id);
  const retained = await retainedIn(connection, [availability, info]);
  const written = retained.get(info);
  const { host, user, agent } = (written && readPayload(written, readFleetInfo)) ?? {};
  return {
    online: retained.get(availability)?.toString() === 'online',
    told: { ...(host && { host }), ...(user && { user }), ...(agent && { agent }) },
  };
}
