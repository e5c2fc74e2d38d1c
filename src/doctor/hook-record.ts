import { readFileSync } from 'node:fs';
import { HOOK_NAMES, type HookName } from '../observers/hooks/hook-names';
import type { ForeignProgram } from './foreign-program';

export interface RecordedHook {
  /** The raw value that the key had, null without the key. */
  before: string | null;
  foreign?: ForeignProgram;
}

/** What the keys held before: for the hook program, which goes on starting it, and for removing ours again. */
export type HookRecord = Partial<Record<HookName, RecordedHook>>;

/** @returns an empty record when the file is not there or not ours */
export function readRecord(path: string): HookRecord {
  try {
    const { hooks } = JSON.parse(readFileSync(path, 'utf8')) as { hooks: Record<string, RecordedHook | undefined> };
    const known = HOOK_NAMES.map((name) => [name, hooks[name]] as const);
    return Object.fromEntries(known.filter(([, hook]) => hook !== undefined && isText(hook.before)));
  } catch {
    return {};
  }
}

export function recordText(record: HookRecord): string {
  return `${JSON.stringify({ hooks: record }, undefined, 2)}\n`;
}

function isText(value: unknown): boolean {
  return value === null || typeof value === 'string';
}
