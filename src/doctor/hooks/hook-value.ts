import type { HookName } from '../../microsip/hook-names';
import type { Installation } from '../host/find-microsip';
import { DoctorError } from '../program/doctor-error';
import { LONGEST_VALUE, quoted } from '../../microsip/ini/ini-value';

/** What MicroSIP runs: Node.js with our script, or `microsip-agent.exe`, which needs only to know where the record is. */
export type HookProgram = { pipe: string } & ({ node: string; script: string } | { exe: string; record: string });

/**
 * Everything behind it was chosen by the other party. The quote stays open: inside it, the blanks of what MicroSIP
 * appends are kept as they are. Only quotes of the other party's own are lost, because Windows programs take them off.
 */
const OPEN_MARK = '\\"--';
/** Has `microsip-agent.exe` be the hook program. */
const EXE_VERB = 'hook';

/**
 * The value of a key that runs our hook program. MicroSIP takes the quotes off its arguments, so those that must arrive
 * are escaped inside others; a path with blanks stays whole without a copy elsewhere, a short name or a wrapper.
 * @throws DoctorError `too_long`, `impossible_path`
 */
export function hookValue(
  hookProgram: HookProgram,
  key: HookName | 'trial',
  placeholders: readonly string[] = [],
): string {
  const { pipe } = hookProgram;
  const [program, file, ...verb] =
    'exe' in hookProgram ? [hookProgram.exe, hookProgram.record, EXE_VERB] : [hookProgram.node, hookProgram.script];
  for (const path of [program, file, pipe]) {
    if (path.includes('"')) throw new DoctorError('impossible_path', { path });
  }
  const named = placeholders.map((name) => `${name}={${name}}`);
  const value = [`"${program}"`, ...verb, whole(file), key, pipe, ...named, OPEN_MARK].join(' ');
  const length = quoted(value).length;
  if (length > LONGEST_VALUE) throw new DoctorError('too_long', { key, length, longest: LONGEST_VALUE });
  return value;
}

export function isOurs(value: string): boolean {
  return /microsip-hook-[0-9a-f]{12}/.test(value);
}

/** What a program of ours is run with, as it begins; the first for Node.js, the second for `microsip-agent.exe`. */
export function argumentsOf(
  { hookScript, hookRecord, pipe }: Pick<Installation, 'hookScript' | 'hookRecord' | 'pipe'>,
  key: HookName,
): [script: string, exe: string] {
  return [`"${hookScript}" ${key} ${pipe} `, `${EXE_VERB} "${hookRecord}" ${key} ${pipe} `];
}

/** Backslashes before the closing quote cannot happen: what is named is a file. */
function whole(path: string): string {
  return `"\\"${path}\\""`;
}
