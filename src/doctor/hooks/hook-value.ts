import type { HookName } from '../../microsip/hook-names';
import { DoctorError } from '../program/doctor-error';
import { LONGEST_VALUE, quoted } from '../../microsip/ini/ini-value';

export interface HookProgram {
  /** The Node.js program that runs the script. */
  node: string;
  script: string;
  pipe: string;
}

/**
 * Everything behind it was chosen by the other party. The quote stays open: inside it, the blanks of what MicroSIP
 * appends are kept as they are. Only quotes of the other party's own are lost, because Windows programs take them off.
 */
const OPEN_MARK = '\\"--';

/**
 * The value of a key that runs our hook program. MicroSIP takes the quotes off its arguments, so those that must arrive
 * are escaped inside others; a path with blanks stays whole without a copy elsewhere, a short name or a wrapper.
 * @throws DoctorError `too_long`, `impossible_path`
 */
export function hookValue(
  { node, script, pipe }: HookProgram,
  key: HookName | 'trial',
  placeholders: readonly string[] = [],
): string {
  for (const path of [node, script, pipe]) {
    if (path.includes('"')) throw new DoctorError('impossible_path', { path });
  }
  const named = placeholders.map((name) => `${name}={${name}}`);
  const value = [`"${node}"`, whole(script), key, pipe, ...named, OPEN_MARK].join(' ');
  const length = quoted(value).length;
  if (length > LONGEST_VALUE) throw new DoctorError('too_long', { key, length, longest: LONGEST_VALUE });
  return value;
}

export function isOurs(value: string): boolean {
  return /microsip-hook-[0-9a-f]{12}/.test(value);
}

/** Backslashes before the closing quote cannot happen: what is named is a file. */
function whole(path: string): string {
  return `"\\"${path}\\""`;
}
