import type { BrokerSettings } from '../../settings/broker-settings';
import type { RawSettings } from '../../settings/setting-values';

/** What an agent is to do, checked: all environment variables are filled in, all paths are in full. */
export interface AgentConfig {
  broker: BrokerSettings;
  /** Topics begin with it. */
  base: string;
  homeAssistant: false | HomeAssistantConfig;
  /** Of numbers that are published and written down only the last digits are kept. */
  mask: boolean;
  /** Whether the last call is kept at the broker. */
  lastCall: boolean;
  /** Whether the name of the computer and of its user are published. */
  hostAndUser: boolean;
  /** At least one. */
  phones: readonly AgentPhoneConfig[];
}

export interface HomeAssistantConfig {
  /** Of the discovery topics. */
  prefix: string;
  /** Where Home Assistant says that it is `online`. */
  statusTopic: string;
}

export interface AgentPhoneConfig {
  /** A level of topics. */
  id: string;
  groups: readonly string[];
  /** The types of commands that it takes; absent: all. */
  commands?: readonly string[];
  /** Instead of those of the broker. */
  username?: string;
  password?: string;
  /** For `makePhone`, which takes them; with a name. */
  phone: RawSettings & { name: string };
}
