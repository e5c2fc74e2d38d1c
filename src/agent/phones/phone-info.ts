import { hostname, userInfo } from 'node:os';
import { AGENT_TYPES, REMOTE_TYPES } from '../../fleet/protocol/command-types';
import type { FleetInfo } from '../../fleet/protocol/fleet-info';
import type { LocalPhone } from '../../phone/local-phone';
import { packageVersion } from '../../trace/package-version';
import type { AgentConfig, AgentPhoneConfig } from '../config/agent-config';

export interface InfoSources {
  config: AgentConfig;
  phone: AgentPhoneConfig;
  session: string;
  local: LocalPhone | undefined;
  isSimulated: boolean;
}

/** What others learn of a phone's agent. */
export function phoneInfo({ config, phone, session, local, isSimulated }: InfoSources): FleetInfo {
  const microsip = local?.microsipVersion?.slice(0, 3).join('.');
  const { host, user } = COMPUTER;
  return {
    agent: packageVersion(),
    ...(microsip !== undefined && { microsip }),
    ...(config.hostAndUser && { host }),
    ...(config.hostAndUser && user !== undefined && { user }),
    session,
    groups: [...phone.groups],
    commands: takenTypes(phone.commands, isSimulated),
  };
}

function takenTypes(allowed: readonly string[] | undefined, isSimulated: boolean): string[] {
  const types = REMOTE_TYPES.filter((type) => (type === 'simulate' ? isSimulated : (allowed?.includes(type) ?? true)));
  return [...types, ...AGENT_TYPES];
}

/** Asked once: it is told with each change of each phone. */
const COMPUTER = { host: hostname(), user: userName() };

/** A user without an entry in the system's list has none. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
