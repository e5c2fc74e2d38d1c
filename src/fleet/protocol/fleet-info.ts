import { fieldsOf, listOf, text, type Reader } from '../../messages/json-reader';
import { isFleetId } from './fleet-id';
import { readSession } from './position';

/** What does not change while an agent runs. */
export interface FleetInfo {
  /** Version of the agent. */
  agent: string;
  /** Version of MicroSIP, as soon as it is known. */
  microsip?: string;
  /** Name of the computer. */
  host?: string;
  /** Who is logged on there. */
  user?: string;
  session: string;
  groups: string[];
  /** The types of commands that it takes from the broker. */
  commands: string[];
}

export function fleetInfoJson(info: FleetInfo): FleetInfo {
  const { agent, microsip, host, user, session, groups, commands } = info;
  return {
    agent,
    ...(microsip !== undefined && { microsip }),
    ...(host !== undefined && { host }),
    ...(user !== undefined && { user }),
    session,
    groups: [...groups],
    commands: [...commands],
  };
}

const MOST_WORDS = 1000;
const word: Reader<string> = (json) => (isFleetId(json) ? json : undefined);
const words: Reader<string[]> = (json) =>
  Array.isArray(json) && json.length <= MOST_WORDS ? listOf(word)(json) : undefined;

export const readFleetInfo: Reader<FleetInfo> = fieldsOf<FleetInfo>(
  { agent: text, session: readSession, groups: words, commands: words },
  { microsip: text, host: text, user: text },
);
