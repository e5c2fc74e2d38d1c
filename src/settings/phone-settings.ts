import { commandIds, type CommandIds } from '../documented/command-ids';
import { DEFAULT_RATE } from '../phone/guard/dial-rate';
import { isRegion } from '../phone/numbers/e164';
import { PhoneError } from '../phone/errors/phone-error';
import { shownValue } from '../phone/errors/shown-value';

export const CONNECTIONS = ['window', 'program', 'dde', 'mqtt', 'simulator', 'observe'] as const;
export type ConnectionName = (typeof CONNECTIONS)[number];

/** The settings of a phone, checked. Names and defaults as in the `microsip-phone` node. */
export interface PhoneSettings {
  name: string;
  connection: ConnectionName;
  /** What the connection `window` speaks. */
  protocol: 'microsip' | 'documented';
  /** Only for the protocol `documented`. */
  commandIds: CommandIds;
  /** Path of the program file; empty: the running copy, else the one in the registry. */
  program: string;
  startProgram: boolean;
  /** ms, 50..10000 */
  pollInterval: number;
  /** ms, 100..30000 */
  timeout: number;
  /** `auto`, a path, or empty: no log. */
  logFile: string;
  /** `auto`, a path, or empty: no call history. */
  callLog: string;
  /** Paths of files that a simulated MicroSIP writes; empty: none. */
  writeLog: string;
  writeHistory: string;
  hooks: boolean;
  /** ISO 3166 code; empty: only numbers with a country code have an international form. */
  region: string;
  /** Regular expressions. */
  allow: string[];
  deny: string[];
  /** How often it may dial: 1..100 in any second, 1..1000 in any minute. */
  dialsPerSecond: number;
  dialsPerMinute: number;
}

/** Settings as they come from a flow file, an environment variable or a program: of any type. */
export type RawSettings = Partial<Record<keyof PhoneSettings, unknown>>;

/** What is spoken on the way to MicroSIP: its own language, or one of the two of the customer's document. */
export function languageOf({
  connection,
  protocol,
}: Pick<PhoneSettings, 'connection' | 'protocol'>): 'microsip' | 'documented' | 'dde' {
  if (connection === 'dde') return 'dde';
  return connection === 'window' ? protocol : 'microsip';
}

/** @throws PhoneError `config` for a value that is not possible */
export function phoneSettings(raw: RawSettings): PhoneSettings {
  const protocol = oneOf('protocol', raw.protocol, ['microsip', 'documented'] as const, 'microsip');
  return {
    name: phoneName(raw.name),
    connection: oneOf('connection', raw.connection, CONNECTIONS, 'window'),
    protocol,
    commandIds: commandIds(protocol === 'documented' ? raw.commandIds : undefined),
    program: text(raw.program).trim(),
    startProgram: truth(raw.startProgram),
    pollInterval: numberIn('pollInterval', raw.pollInterval, 250, 50, 10_000),
    timeout: numberIn('timeout', raw.timeout, 2000, 100, 30_000),
    logFile: path(raw.logFile),
    callLog: path(raw.callLog),
    writeLog: text(raw.writeLog).trim(),
    writeHistory: text(raw.writeHistory).trim(),
    hooks: truth(raw.hooks),
    region: region(raw.region),
    allow: list('allow', raw.allow),
    deny: list('deny', raw.deny),
    dialsPerSecond: numberIn('dialsPerSecond', raw.dialsPerSecond, DEFAULT_RATE.second, 1, 100),
    dialsPerMinute: numberIn('dialsPerMinute', raw.dialsPerMinute, DEFAULT_RATE.minute, 1, 1000),
  };
}

/** What messages call the phone. */
export function phoneName(name: unknown): string {
  return text(name).trim() || 'MicroSIP';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Only what is not set at all is `auto`: an empty text means none. */
function path(value: unknown): string {
  return typeof value === 'string' ? value.trim() : 'auto';
}

function region(value: unknown): string {
  const code = text(value).trim().toUpperCase();
  if (code !== '' && !isRegion(code)) throw wrong('region', value);
  return code;
}

/** An environment variable gives `"true"`. */
function truth(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

function oneOf<T extends string>(name: string, value: unknown, possible: readonly T[], preset: T): T {
  if (isBlank(value)) return preset;
  const found = possible.find((one) => one === value);
  if (found === undefined) throw wrong(name, value);
  return found;
}

function numberIn(name: string, value: unknown, preset: number, least: number, most: number): number {
  if (isBlank(value)) return preset;
  const result = typeof value === 'string' ? Number(value) : value;
  if (typeof result !== 'number' || !(result >= least && result <= most)) throw wrong(name, value);
  return result;
}

/** An environment variable may bring several lines, or a list of its own. One that is empty stays as an empty entry. */
function list(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const entries: unknown[] = Array.isArray(value) ? Array.from<unknown>(value) : [value];
  return entries.flatMap(listed).flatMap((entry) => {
    if (typeof entry === 'number') return String(entry);
    if (typeof entry !== 'string') throw wrong(name, entry);
    const lines = entry.split(/\r?\n/).map((line) => line.trim());
    const filled = lines.filter((line) => line !== '');
    return filled.length === 0 ? '' : filled;
  });
}

function listed(entry: unknown): unknown[] {
  if (!Array.isArray(entry)) return [entry];
  return entry.length === 0 ? [''] : Array.from<unknown>(entry);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function wrong(name: string, value: unknown): PhoneError {
  return new PhoneError('config', 'value', { name, value: shownValue(value) });
}
