import { existsSync } from 'node:fs';
import { HOOK_NAMES, type HookName } from '../../microsip/hook-names';
import { readRegularFileSync } from '../../files/regular-file';
import type { ForeignProgram } from './foreign-program';

export interface RecordedHook {
  /** The raw value that the key had, null without the key. */
  before: string | null;
  foreign?: ForeignProgram;
}

/** What the keys held before: for the hook program, which goes on starting it, and for removing ours again. */
export type HookRecord = Partial<Record<HookName, RecordedHook>>;

/** In bytes; eight keys with values of 255 characters are much less. */
const LONGEST = 1024 * 1024;

/** @returns an empty record when the file is not there or not ours */
export function readRecord(path: string): HookRecord {
  try {
    const { hooks } = JSON.parse(readRegularFileSync(path, LONGEST).toString()) as {
      hooks: Record<string, RecordedHook | undefined>;
    };
    const known = HOOK_NAMES.map((name) => [name, hooks[name]] as const);
    return Object.fromEntries(known.filter(([, hook]) => hook !== undefined && isText(hook.before)));
  } catch {
    return {};
  }
}

/** The hook program starts what it finds in the file, so that nothing may be in it that is never written there. */
export function isRecordOurs(path: string): boolean {
  if (!existsSync(path)) return true;
  try {
    return readRegularFileSync(path, LONGEST).toString() === recordText(readRecord(path));
  } catch {
    return false;
  }
}

export function recordText(record: HookRecord): string {
  return `${JSON.stringify({ hooks: record }, undefined, 2)}\n`;
}

function isText(value: unknown): boolean {
  return value === null || typeof value === 'string';
}
