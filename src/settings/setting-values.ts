import { brokerSettings, type BrokerSettings } from './broker-settings';
import { commandIds, type CommandIds } from '../documented/command-ids';
import { isRegion } from '../phone/numbers/e164';
import { phoneName } from './phone-name';
import { list, numberInRange, oneOf, text, textOr, truth, wrongSetting } from './raw-value';
import { CONNECTIONS, PRESETS, PROTOCOLS, type ConnectionName, type ProtocolName } from './settings-table';

/** All settings that there are, checked: a wrong one is refused also where the connection has no use for it. */
export interface SettingValues {
  name: string;
  connection: ConnectionName;
  protocol: ProtocolName;
  commandIds: CommandIds;
  program: string;
  startProgram: boolean;
  pollInterval: number;
  timeout: number;
  logFile: string;
  callLog: string;
  writeLog: string;
  writeHistory: string;
  hooks: boolean;
  region: string;
  allow: string[];
  deny: string[];
  dialsPerSecond: number;
  dialsPerMinute: number;
  trace: boolean;
  broker: string | BrokerSettings;
  phoneId: string;
  base: string;
}

/** Settings as they come from a flow file, an environment variable or a program: of any type. */
export type RawSettings = Partial<Record<keyof SettingValues, unknown>>;

/** @throws PhoneError `config` for a value that is not possible */
export function settingValues(raw: RawSettings): SettingValues {
  const protocol = oneOf('protocol', raw.protocol, PROTOCOLS, PRESETS.protocol);
  return {
    name: phoneName(raw.name),
    connection: oneOf('connection', raw.connection, CONNECTIONS, PRESETS.connection),
    protocol,
    commandIds: commandIds(protocol === 'documented' ? raw.commandIds : undefined),
    program: text(raw.program),
    startProgram: truth(raw.startProgram),
    pollInterval: numberInRange('pollInterval', raw.pollInterval),
    timeout: numberInRange('timeout', raw.timeout),
    // Only what is not set at all is `auto`: an empty text means none.
    logFile: textOr(raw.logFile, PRESETS.logFile),
    callLog: textOr(raw.callLog, PRESETS.callLog),
    writeLog: text(raw.writeLog),
    writeHistory: text(raw.writeHistory),
    hooks: truth(raw.hooks),
    region: region(raw.region),
    allow: list('allow', raw.allow),
    deny: list('deny', raw.deny),
    dialsPerSecond: numberInRange('dialsPerSecond', raw.dialsPerSecond),
    dialsPerMinute: numberInRange('dialsPerMinute', raw.dialsPerMinute),
    trace: truth(raw.trace),
    broker: brokerSettings(raw.broker),
    phoneId: text(raw.phoneId),
    // Not even blanks around it are taken away: who uses it checks it as what it is, the beginning of topics.
    base: typeof raw.base === 'string' && raw.base !== '' ? raw.base : PRESETS.base,
  };
}

function region(value: unknown): string {
  const code = text(value).toUpperCase();
  if (code !== '' && !isRegion(code)) throw wrongSetting('region', value);
  return code;
}
