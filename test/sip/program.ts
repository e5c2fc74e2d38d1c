import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Why a SIP program that nobody here wrote cannot be used, or undefined. */
export function whyNot(program: string, debianPackage: string): string | undefined {
  const found = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
  return found ? undefined : `${program} is not installed (Debian: ${debianPackage})`;
}
