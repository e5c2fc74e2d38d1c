import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the hooks of one MicroSIP are received: a named pipe, on other systems a Unix socket. Derived from the path of
 * its ini, because that is what a copy of MicroSIP has for itself; Windows does not tell upper from lower case.
 */
export function hookPipe(iniPath: string, platform: NodeJS.Platform = process.platform): string {
  const windows = platform === 'win32';
  const identity = windows ? iniPath.replaceAll('/', '\\').toLowerCase() : iniPath;
  const name = `microsip-hook-${createHash('sha256').update(identity).digest('hex').slice(0, 12)}`;
  return windows ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}
