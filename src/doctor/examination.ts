import { existsSync, statSync } from 'node:fs';
import { HOOK_NAMES, type HookName } from '../microsip/hook-names';
import { SETTINGS } from './change';
import { programRunBy } from '../microsip/command-line';
import { DIRECTORY_KEY, directoryWarnings, shownAddress } from './directory-warnings';
import type { HostTroubleFound } from './host/troubles';
import { LARGE_LOG } from '../microsip/large-log';
import type { Installation } from './host/find-microsip';
import type { Examination, HookFinding } from './findings';
import type { HookRecord } from './hooks/hook-record';
import { argumentsOf, isOurs } from './hooks/hook-value';
import type { IniFile } from '../microsip/ini/ini-file';
import { unquoted } from '../microsip/ini/ini-value';
import { isPlainLocalPath } from '../files/path-kind';
import { FileRefusedError, readRegularFileSync } from '../files/regular-file';

/** 0 is the local one. */
const ACCOUNTS = Array.from({ length: 100 }, (_, account) => account);

export interface Examined {
  installation: Installation;
  ini: IniFile;
  record: HookRecord;
  running: boolean | undefined;
  troubles: HostTroubleFound[];
  /** The hook program that belongs to this version. */
  currentScript: Buffer;
  wanted: readonly HookName[];
}

export function examine({ installation, ini, record, running, troubles, ...known }: Examined): Examination {
  const { currentScript, wanted } = known;
  const { hookScript, log } = installation;
  const setting = (key: string): string | undefined => {
    const raw = ini.get(SETTINGS, key);
    return raw === undefined ? undefined : unquoted(raw);
  };
  const hooks = HOOK_NAMES.map((key) => finding(key, setting(key) ?? '', installation, record));
  const script = ownExe(hooks, installation) ?? { path: hookScript, state: scriptState(hookScript, currentScript) };
  const isInstalled = (key: HookName): boolean => hooks.some((hook) => hook.key === key && hook.state === 'installed');
  const accountsWith = (key: string): number[] =>
    ACCOUNTS.filter((account) => unquoted(ini.get(`Account${account}`, key) ?? '').trim() !== '');
  const prefixes = accountsWith('dialingPrefix');
  const directory = setting(DIRECTORY_KEY)?.trim();
  return {
    program: installation.program,
    mode: installation.mode,
    ini: installation.ini,
    running,
    singleMode: setting('singleMode') !== '0',
    log: { path: log, enabled: setting('enableLog') === '1', exists: existsSync(log), ...largeSize(log) },
    pipe: installation.pipe,
    script,
    hooks,
    ...(directory && {
      directory: { address: shownAddress(directory), warnings: directoryWarnings(directory) },
    }),
    dialPlans: accountsWith('dialPlan'),
    ...(prefixes.length > 0 && { prefixes }),
    ...(troubles.length > 0 && { troubles }),
    healthy: script.state === 'current' && wanted.every(isInstalled),
  };
}

function largeSize(log: string): { size?: number } {
  try {
    const { size } = statSync(log);
    return size > LARGE_LOG ? { size } : {};
  } catch {
    return {};
  }
}

function finding(key: HookName, value: string, installation: Installation, record: HookRecord): HookFinding {
  if (value.trim() === '') return { key, state: 'absent' };
  if (!isOurs(value)) return { key, state: 'foreign', value };
  const { foreign, before } = record[key] ?? {};
  return {
    key,
    state: works(key, value, installation) ? 'installed' : 'broken',
    value,
    ...(foreign && before && { chained: unquoted(before) }),
  };
}

/** The `microsip-agent.exe` that is the hook program, when it is so for all keys. */
function ownExe(hooks: readonly HookFinding[], installation: Installation): Examination['script'] | undefined {
  const installed = hooks.filter(({ state }) => state === 'installed');
  const commands = installed.map(({ key, value = '' }) => ({ key, ...programRunBy(value) }));
  const [first] = commands;
  const isExe = commands.every((one) => one.arguments.startsWith(argumentsOf(installation, one.key)[1]));
  return first && isExe ? { path: first.program, state: 'current' } : undefined;
}

function works(key: HookName, value: string, installation: Installation): boolean {
  const command = programRunBy(value);
  const isOfThese = argumentsOf(installation, key).some((begin) => command.arguments.startsWith(begin));
  // Whoever wrote the ini must not have us ask another computer.
  return isOfThese && isPlainLocalPath(command.program) && existsSync(command.program);
}

function scriptState(path: string, current: Buffer): 'current' | 'outdated' | 'missing' {
  try {
    return readRegularFileSync(path, current.length).equals(current) ? 'current' : 'outdated';
  } catch (error) {
    return error instanceof FileRefusedError && error.why === 'too_large' ? 'outdated' : 'missing';
  }
}
