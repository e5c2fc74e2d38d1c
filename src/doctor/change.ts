import { HOOK_NAMES, type HookName } from '../microsip/hook-names';
import { foreignProgram, placeholdersOf } from './hooks/foreign-program';
import { directoryAddress } from './directory-address';
import { DIRECTORY_KEY } from './directory-warnings';
import type { LineChange } from './findings';
import type { HookRecord, RecordedHook } from './hooks/hook-record';
import { hookValue, isOurs, type HookProgram } from './hooks/hook-value';
import type { IniFile } from '../microsip/ini/ini-file';
import { quoted, unquoted } from '../microsip/ini/ini-value';

/**
 * What the user wants. `install` names the keys that are to run our hook program; keys that do and are not named get
 * back what they had.
 */
export type Wish =
  | { type: 'install'; events: readonly HookName[]; log?: boolean }
  | { type: 'remove' }
  | { type: 'log'; on: boolean }
  /** Undefined: MicroSIP is to ask for no directory. */
  | { type: 'directory'; address: string | undefined };

export interface IniChange {
  lines: LineChange[];
  /** Undefined when it is of no more use. */
  record: HookRecord | undefined;
}

export const SETTINGS = 'Settings';

/**
 * The keys that tell the life of a call. `cmdCallAnswerVideo` tells nothing new, and `cmdIncomingCall` holds up SIP
 * itself at every invitation, also at those that MicroSIP turns down.
 */
export const DEFAULT_EVENTS: readonly HookName[] = HOOK_NAMES.filter(
  (name) => name !== 'cmdIncomingCall' && name !== 'cmdCallAnswerVideo',
);

/**
 * The lines that a wish changes.
 * @throws DoctorError `too_long`, `impossible_path`
 */
export function changeFor(wish: Wish, ini: IniFile, record: HookRecord, program: HookProgram): IniChange {
  if (wish.type === 'log') return { lines: logLines(ini, wish.on), record };
  if (wish.type === 'directory') return { lines: directoryLines(ini, wish.address), record };
  if (wish.type === 'remove')
    return { lines: HOOK_NAMES.flatMap((key) => restore(ini, key, record[key])), record: undefined };
  const kept: HookRecord = {};
  const lines = HOOK_NAMES.flatMap((key) => {
    if (!wish.events.includes(key)) return restore(ini, key, record[key]);
    const raw = ini.get(SETTINGS, key);
    const hook = remembered(raw, record[key]);
    kept[key] = hook;
    return line(key, raw, lineFor(key, hook, program));
  });
  return { lines: [...lines, ...(wish.log ? logLines(ini, true) : [])], record: kept };
}

/** Whether a key runs exactly what `changeFor` would have it run. */
export function isWritten(ini: IniFile, key: HookName, record: HookRecord, program: HookProgram): boolean {
  const raw = ini.get(SETTINGS, key);
  return isOurLine(raw) && raw === lineFor(key, remembered(raw, record[key]), program);
}

function lineFor(key: HookName, { before }: RecordedHook, program: HookProgram): string {
  return quoted(hookValue(program, key, placeholdersOf(key, before ?? '')));
}

export function isOurLine(raw: string | undefined): boolean {
  return raw !== undefined && isOurs(unquoted(raw));
}

function remembered(raw: string | undefined, recorded: RecordedHook | undefined): RecordedHook {
  const before = isOurLine(raw) ? (recorded?.before ?? null) : (raw ?? null);
  const foreign = before === null ? undefined : foreignProgram(unquoted(before));
  return { before, ...(foreign && { foreign }) };
}

/** A value that somebody else has put in since is left alone. */
function restore(ini: IniFile, key: HookName, recorded: RecordedHook | undefined): LineChange[] {
  const raw = ini.get(SETTINGS, key);
  return isOurLine(raw) ? line(key, raw, recorded?.before ?? null) : [];
}

function logLines(ini: IniFile, on: boolean): LineChange[] {
  const raw = ini.get(SETTINGS, 'enableLog');
  const value = on ? '1' : '0';
  if (unquoted(raw ?? '0') === value) return [];
  return line('enableLog', raw, raw?.startsWith('"') ? quoted(value) : value);
}

function directoryLines(ini: IniFile, address: string | undefined): LineChange[] {
  const raw = ini.get(SETTINGS, DIRECTORY_KEY);
  const wanted = address === undefined ? undefined : directoryAddress(address);
  if (unquoted(raw ?? '') === (wanted ?? '')) return [];
  return line(DIRECTORY_KEY, raw, wanted === undefined ? null : quoted(wanted));
}

function line(key: string, before: string | undefined, after: string | null): LineChange[] {
  return (before ?? null) === after ? [] : [{ key, before: before ?? null, after }];
}
