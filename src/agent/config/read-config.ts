import { dirname, isAbsolute, join, resolve } from 'node:path';
import { compilePatterns } from '../../phone/guard/rules/dial-rules';
import { PhoneError } from '../../phone/errors/phone-error';
import { nearSettings } from '../../settings/phone-settings';
import type { RawSettings } from '../../settings/setting-values';
import type { BrokerSettings } from '../../settings/broker-settings';
import type { AgentConfig, AgentPhoneConfig, HomeAssistantConfig } from './agent-config';
import { isFleetId, RESERVED_IDS } from '../../fleet/protocol/fleet-id';
import { DEFAULT_BASE, DISCOVERY_PREFIX, readBase } from '../../fleet/protocol/topics';
import { brokerProblems } from './broker-problems';
import { ConfigError, refuse, within, type ConfigProblem } from './config-problem';
import { configText } from './config-text';
import { filledIn } from './filled-in';
import { jsonMistake } from './json-mistake';
import { schemaProblems } from './schema-problems';

export interface ReadConfig {
  config: AgentConfig;
  /** What must not be seen anywhere, whatever goes wrong. */
  secrets: string[];
  /** The paths of secrets that are in the file itself. */
  plainSecrets: string[];
}

/** The file, as its schema has it, with everything filled in. */
interface Document {
  broker: BrokerSettings;
  base?: string;
  homeAssistant?: boolean | string | Partial<HomeAssistantConfig>;
  mask?: boolean | string;
  lastCall?: boolean | string;
  hostAndUser?: boolean | string;
  phones: (Omit<AgentPhoneConfig, 'groups' | 'phone'> & { groups?: string[]; phone?: RawSettings })[];
}

const PEM_FILES = ['ca', 'cert', 'key'] as const;

/**
 * The settings of an agent.
 * @throws ConfigError with all that is wrong
 */
export async function readConfig(file: string, env: NodeJS.ProcessEnv = process.env): Promise<ReadConfig> {
  const folder = dirname(resolve(file));
  const { value, secrets, filled } = await filledIn(parsed(await configText(file)), { env, folder });
  requireNone(schemaProblems(value));
  const document = value as Document;
  const broker = withFullPaths(document.broker, folder);
  const config: AgentConfig = {
    broker,
    base: document.base ?? DEFAULT_BASE,
    homeAssistant: homeAssistantOf(document.homeAssistant),
    mask: truth(document.mask, false),
    lastCall: truth(document.lastCall, true),
    hostAndUser: truth(document.hostAndUser, true),
    phones: document.phones.map(({ groups = [], phone, ...rest }) => ({
      ...rest,
      groups: [...new Set(groups)],
      phone: { ...phone, name: nameOf(phone?.name) ?? rest.id },
    })),
  };
  requireNone([
    ...(await brokerProblems(broker)),
    ...passwordProblems(config),
    ...topicProblems(config),
    ...phoneProblems(config),
  ]);
  const passwords = passwordsIn(config);
  return {
    config,
    secrets: [...secrets, ...passwords.map(([, password]) => password)],
    plainSecrets: passwords.map(([path]) => path).filter((path) => !filled.has(path)),
  };
}

function parsed(text: string): unknown {
  if (text.trim() === '') return refuse('', 'file_empty');
  const mistake = jsonMistake(text);
  if (mistake) return refuse('', `json.${mistake.what}`, { line: mistake.line, column: mistake.column });
  return JSON.parse(text);
}

function requireNone(problems: readonly ConfigProblem[]): void {
  if (problems.length > 0) throw new ConfigError(problems);
}

function withFullPaths(broker: BrokerSettings, folder: string): BrokerSettings {
  const full = PEM_FILES.flatMap((name) => {
    const path = broker[name];
    return path === undefined ? [] : [[name, isAbsolute(path) ? path : join(folder, path)] as const];
  });
  return { ...broker, ...Object.fromEntries(full) };
}

function homeAssistantOf(given: Document['homeAssistant']): AgentConfig['homeAssistant'] {
  const options = typeof given === 'object' ? given : truth(given, false) ? {} : undefined;
  if (!options) return false;
  // The topic where it says that it is there has a name of its own, whatever the prefix is.
  const { prefix = DISCOVERY_PREFIX, statusTopic = 'homeassistant/status' } = options;
  return { prefix, statusTopic };
}

function truth(value: boolean | string | undefined, preset: boolean): boolean {
  return value === undefined ? preset : value === true || value === 'true';
}

function nameOf(name: unknown): string | undefined {
  return (typeof name === 'string' && name.trim()) || undefined;
}

/** The schema lets texts through that are only filled in now, and an escaped `${` with them. */
function topicProblems({ base, homeAssistant, phones }: AgentConfig): ConfigProblem[] {
  const topics: [path: string, text: string][] = [['base', base]];
  if (homeAssistant) {
    topics.push(
      ['homeAssistant.prefix', homeAssistant.prefix],
      ['homeAssistant.statusTopic', homeAssistant.statusTopic],
    );
  }
  const problems: ConfigProblem[] = topics
    .filter(([, text]) => !isTopic(text))
    .map(([path]) => ({ path, reason: 'topic' }));
  if (homeAssistant && `${base}/`.startsWith(`${homeAssistant.prefix}/`))
    problems.push({ path: 'base', reason: 'base_of_discovery' });
  for (const [index, { id, groups }] of phones.entries()) {
    const path = `phones[${index}]`;
    if (!isFleetId(id)) problems.push({ path: `${path}.id`, reason: 'level' });
    else if (RESERVED_IDS.includes(id)) problems.push({ path: `${path}.id`, reason: 'id_reserved' });
    else if (phones.findIndex((one) => one.id === id) < index)
      problems.push({ path: `${path}.id`, reason: 'id_twice', params: { id } });
    for (const [at, group] of groups.entries())
      if (!isFleetId(group)) problems.push({ path: within(`${path}.groups`, at), reason: 'level' });
  }
  return problems;
}

/** Those of Home Assistant keep to the same rules as a base. */
function isTopic(text: string): boolean {
  try {
    return readBase(text, []) === text;
  } catch {
    return false;
  }
}

/** What the schema cannot say of the settings of a phone, such as whether a rule is a regular expression. */
function phoneProblems({ phones }: AgentConfig): ConfigProblem[] {
  return phones.flatMap(({ phone }, index) => {
    const path = `phones[${index}].phone`;
    try {
      const { allow, deny } = nearSettings(phone);
      for (const [name, rules] of Object.entries({ allow, deny })) {
        try {
          compilePatterns(rules);
        } catch (error) {
          return [problemOf(error, within(path, name))];
        }
      }
      return [];
    } catch (error) {
      return [problemOf(error, path)];
    }
  });
}

function problemOf(error: unknown, path: string): ConfigProblem {
  if (!(error instanceof PhoneError)) throw error;
  if (error.reason !== 'value') return { path, reason: 'rule' };
  return { path: within(path, String(error.params['name'])), reason: 'setting' };
}

/** MQTT 3.1.1 has none. */
function passwordProblems({ broker, phones }: AgentConfig): ConfigProblem[] {
  const all = [
    { path: 'broker.password', ...broker },
    ...phones.map(({ username = broker.username, password }, index) => ({
      path: `phones[${index}].password`,
      username,
      password,
    })),
  ];
  return all
    .filter(({ username, password }) => password !== undefined && username === undefined)
    .map(({ path }) => ({ path, reason: 'password_alone' }));
}

function passwordsIn({ broker, phones }: AgentConfig): [path: string, password: string][] {
  const all = [
    ['broker.password', broker.password],
    ...phones.map(({ password }, index) => [`phones[${index}].password`, password]),
  ] as [string, string | undefined][];
  return all.filter((one): one is [string, string] => one[1] !== undefined);
}
