import { extname, join } from 'node:path';
import type { HookName } from '../../microsip/hook-names';
import { programRunBy } from '../../microsip/command-line';

/** How our hook program starts what a key named before, so that it gets what MicroSIP would have given it. */
export interface ForeignProgram {
  program: string;
  /** With `{parameter}` for what MicroSIP appends, and the placeholders of its value. */
  arguments: string;
  /** It goes through cmd.exe, so characters that mean something there are replaced in what it is given. */
  shell?: boolean;
}

/** MicroSIP fills these in for `cmdOutgoingCall` only (docs/microsip/interface.md#3). */
const PLACEHOLDER =
  /\{(server|extension|password|md5_password|duration|time|callid|direction|callerid|user|number|domain|name)\}/g;

/** @returns undefined for a value that runs nothing */
export function foreignProgram(value: string): ForeignProgram | undefined {
  const { program, arguments: text } = programRunBy(value);
  if (program.trim() === '') return undefined;
  const withParameter = text === '' ? '{parameter}' : `${text} {parameter}`;
  // MicroSIP lets Windows open addresses and documents too; a program cannot be started from them directly.
  if (/^[a-z][a-z0-9+.-]+:/i.test(program)) {
    return { program: system('rundll32.exe'), arguments: `url.dll,FileProtocolHandler ${program}` };
  }
  if (['', '.exe', '.com'].includes(extname(program).toLowerCase())) return { program, arguments: withParameter };
  return { program: system('cmd.exe'), arguments: `/d /s /c ""${program}" ${withParameter}"`, shell: true };
}

/** The placeholders that have to be in our value too, because only MicroSIP can fill them in. */
export function placeholdersOf(key: HookName, value: string): string[] {
  if (key !== 'cmdOutgoingCall') return [];
  return [...new Set([...value.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

function system(name: string): string {
  return join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', name);
}
