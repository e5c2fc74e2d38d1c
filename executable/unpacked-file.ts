import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readRegularFileSync } from '../src/files/regular-file';
import { PhoneError } from '../src/phone/errors/phone-error';

/** The folder of the user for what is taken out of the exe. */
export function unpackingFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'microsip-agent');
}

/**
 * A file on disk with just this content, in a folder named after its hash. What is there already is compared each time,
 * and replaced when somebody has put something else in its place.
 * @throws PhoneError `unsupported` when it cannot be written
 */
export function unpackedFile(root: string, name: string, content: Buffer): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const folder = join(root, hash);
  const path = join(folder, name);
  if (holds(path, content)) return path;
  try {
    replace(folder, path, content);
  } catch (error) {
    // Another start may have been quicker; what Windows has loaded cannot be replaced.
    if (holds(path, content)) return path;
    throw notUnpacked(path, error instanceof Error ? error.message : String(error));
  }
  if (holds(path, content)) return path;
  throw notUnpacked(path, 'changed meanwhile');
}

/** It is there whole or not at all, whoever else does the same. */
function replace(folder: string, path: string, content: Buffer): void {
  mkdirSync(folder, { recursive: true });
  const fresh = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(fresh, content, { flag: 'wx' });
    renameSync(fresh, path);
  } finally {
    rmSync(fresh, { force: true });
  }
}

function holds(path: string, content: Buffer): boolean {
  try {
    return readRegularFileSync(path, content.length).equals(content);
  } catch {
    return false;
  }
}

function notUnpacked(path: string, why: string): PhoneError {
  return new PhoneError('unsupported', 'not_unpacked', { path, why });
}
