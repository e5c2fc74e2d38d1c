import { link, lstat, open, realpath, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DoctorError } from '../program/doctor-error';
import { BUSY, codeOf, patiently } from './busy-file';
import { withTemporaryFile, type Rights } from './temporary-file';

const FULL = ['ENOSPC', 'EDQUOT'];
/** A folder, say, is where the file is to be. */
const IN_THE_WAY = ['EISDIR', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'];
const WRITABLE = 0o222;
const OWNER_ONLY = 0o600;

/**
 * A copy beside the file, named after the time, with the rights of the file. It is whole, or it is not there.
 * @param content what the file holds
 * @returns its path
 * @throws DoctorError `disk_full`, `ini_locked` when it cannot be written
 */
export async function backUp(path: string, content: Buffer, now: Date): Promise<string> {
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return orTell(path, async () =>
    withTemporaryFile(path, content, await rightsOf(await realPath(path)), async (fresh) => {
      for (let count = 1; ; count += 1) {
        const copy = `${path}.${stamp}${count > 1 ? `-${count}` : ''}.bak`;
        if (await moved(fresh, copy)) return copy;
      }
    }),
  );
}

/**
 * Nobody ever sees half of it: the file is written beside the old one and then takes its place. A link at its place is
 * replaced, and what it names is left alone.
 * @throws DoctorError `disk_full`, `ini_locked` when the old file cannot be replaced
 */
export async function replaceFile(path: string, content: Buffer): Promise<void> {
  await orTell(path, () =>
    patiently(async () => {
      await withTemporaryFile(path, content, await rightsOf(path), (fresh) => rename(fresh, path));
      await keep(dirname(path));
    }),
  );
}

/**
 * As `replaceFile`, but the user may have put a link in the place of the ini: then that stays, and what it names is
 * replaced.
 */
export async function replaceIni(path: string, content: Buffer): Promise<void> {
  await replaceFile(await realPath(path), content);
}

/** @throws DoctorError `ini_read_only`: MicroSIP itself could not write it either */
export async function requireWritable(path: string): Promise<void> {
  const { mode } = await rightsOf(await realPath(path));
  if ((mode & WRITABLE) === 0) throw new DoctorError('ini_read_only', { ini: path });
}

function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** @returns false when the place is taken */
async function moved(fresh: string, to: string): Promise<boolean> {
  try {
    // Unlike a renaming, this never takes the place of something else.
    await link(fresh, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // Not every file system has links.
    if (await isThere(to)) return false;
    await rename(fresh, to);
  }
  await keep(dirname(to));
  return true;
}

async function orTell<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const code = codeOf(error);
    if (FULL.includes(code)) throw new DoctorError('disk_full', { ini: path });
    if ([...BUSY, ...IN_THE_WAY].includes(code)) throw new DoctorError('ini_locked', { ini: path });
    throw error;
  }
}

async function rightsOf(path: string): Promise<Rights> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats?.isFile()) return { mode: OWNER_ONLY };
  return { mode: stats.mode & 0o777, owner: { uid: stats.uid, gid: stats.gid } };
}

/** A new name is only safe when its folder has been written too; Windows does that by itself. */
async function keep(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  // Somebody may write into a folder and not read it.
  const opened = await open(folder, 'r').catch(() => undefined);
  await opened?.sync().catch(() => undefined);
  await opened?.close();
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
