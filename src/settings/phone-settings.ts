import type { CommandIds } from '../documented/command-ids';
import { PhoneError } from '../phone/errors/phone-error';
import type { BrokerSettings } from './broker-settings';
import { settingValues, type RawSettings, type SettingValues } from './setting-values';

/** What every phone has. */
export interface CommonSettings {
  /** What messages call the phone. */
  name: string;
  /** ISO 3166 code; empty: only numbers with a country code have an international form. */
  region: string;
  /** ms that a command may take */
  timeout: number;
  /** Regular expressions. */
  allow: string[];
  deny: string[];
  /** How often it may dial in any second, and in any minute. */
  dialsPerSecond: number;
  dialsPerMinute: number;
  /** Write down why it does what it does. */
  trace: boolean;
}

/** What MicroSIP writes and runs, of a copy that may be on another computer. */
export interface ObservedSettings {
  /** Path of the program file; empty: the running copy, else the one in the registry. */
  program: string;
  /** `auto`, a path, or empty: no log. */
  logFile: string;
  /** `auto`, a path, or empty: no call history. */
  callLog: string;
  hooks: boolean;
}

/** A program on this computer that takes commands. */
export interface LocalSettings extends ObservedSettings {
  startProgram: boolean;
  /** ms between two looks where nothing tells of changes */
  pollInterval: number;
}

export interface WindowSettings extends CommonSettings, LocalSettings {
  connection: 'window';
  protocol: 'microsip';
}

/** A program that takes the numbered commands of the older document. */
export interface DocumentedSettings extends CommonSettings, LocalSettings {
  connection: 'window';
  protocol: 'documented';
  commandIds: CommandIds;
}

export interface ProgramSettings extends CommonSettings, LocalSettings {
  connection: 'program';
}

export interface DdeSettings extends CommonSettings, LocalSettings {
  connection: 'dde';
}

export interface ObserveSettings extends CommonSettings, ObservedSettings {
  connection: 'observe';
}

export interface SimulatorSettings extends CommonSettings {
  connection: 'simulator';
  /** Paths of files that the simulated MicroSIP writes; empty: none. */
  writeLog: string;
  writeHistory: string;
}

/** A phone elsewhere, which an agent has: all else is the agent's to set. */
export interface MqttSettings extends Pick<CommonSettings, 'name' | 'region' | 'timeout' | 'allow' | 'deny'> {
  connection: 'mqtt';
  /** Id of the node that has the connection to the broker, or how to connect to it. */
  broker: string | BrokerSettings;
  /** By which the agent has it. */
  phoneId: string;
  /** With which all topics begin. */
  base: string;
}

/** A phone whose MicroSIP, or what stands for it, is within reach of this program. */
export type NearSettings =
  WindowSettings | DocumentedSettings | ProgramSettings | DdeSettings | ObserveSettings | SimulatorSettings;

/** The settings of a phone, checked: what its connection has, and nothing else. */
export type PhoneSettings = NearSettings | MqttSettings;

/** @throws PhoneError `config` for a value that is not possible */
export function phoneSettings(raw: RawSettings): PhoneSettings {
  const values = settingValues(raw);
  const { connection, protocol, commandIds, writeLog, writeHistory } = values;
  const common = commonOf(values);
  switch (connection) {
    case 'window':
      return protocol === 'documented'
        ? { connection, protocol, ...common, ...localOf(values), commandIds }
        : { connection, protocol, ...common, ...localOf(values) };
    case 'program':
      return { connection, ...common, ...localOf(values) };
    case 'dde':
      return { connection, ...common, ...localOf(values) };
    case 'observe':
      return { connection, ...common, ...observedOf(values) };
    case 'simulator':
      return { connection, ...common, writeLog, writeHistory };
    case 'mqtt':
      return { connection, ...elsewhereOf(values) };
  }
}

/**
 * The settings of a phone that this program can have by itself.
 * @throws PhoneError `config` for a value that is not possible, `unsupported` for a phone elsewhere
 */
export function nearSettings(raw: RawSettings): NearSettings {
  const settings = phoneSettings(raw);
  const { connection } = settings;
  if (connection === 'mqtt') throw new PhoneError('unsupported', 'connection', { connection });
  return settings;
}

/** What is spoken on the way to MicroSIP: its own language, or one of the two of the older document. */
export function languageOf(
  settings: Exclude<NearSettings, ObserveSettings | SimulatorSettings>,
): 'microsip' | 'documented' | 'dde' {
  if (settings.connection === 'dde') return 'dde';
  return settings.connection === 'window' ? settings.protocol : 'microsip';
}

function elsewhereOf(values: SettingValues): Omit<MqttSettings, 'connection'> {
  const { name, region, timeout, allow, deny, broker, phoneId, base } = values;
  return { name, region, timeout, allow, deny, broker, phoneId, base };
}

function commonOf(values: SettingValues): CommonSettings {
  const { name, region, timeout, allow, deny, dialsPerSecond, dialsPerMinute, trace } = values;
  return { name, region, timeout, allow, deny, dialsPerSecond, dialsPerMinute, trace };
}

function observedOf({ program, logFile, callLog, hooks }: SettingValues): ObservedSettings {
  return { program, logFile, callLog, hooks };
}

function localOf(values: SettingValues): LocalSettings {
  const { startProgram, pollInterval } = values;
  return { ...observedOf(values), startProgram, pollInterval };
}
