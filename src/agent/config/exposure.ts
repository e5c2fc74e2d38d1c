import { stat } from 'node:fs/promises';
import { win32 } from 'node:path';

const OTHERS_READ = 0o044;

/**
 * Whether other users of the computer can read the file. Windows gives nobody else rights to what is in a user's profile;
 * outside of it, as in `C:\ProgramData`, all users may read unless somebody forbade it, which is not looked at.
 */
export async function isExposed(file: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'win32') return ((await stat(file)).mode & OTHERS_READ) !== 0;
  const profile = env['USERPROFILE'];
  if (profile === undefined) return false;
  const way = win32.relative(profile, file);
  return way.startsWith('..') || win32.isAbsolute(way);
}
