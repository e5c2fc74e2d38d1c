import { constants, type BigIntStats } from 'node:fs';
import { lstat, mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeviceName } from '../files/path-kind';

/** By this it is known that a file was made here. */
const MARK = '# MicroSIP trace';
const FIRST_LINE = `${MARK} 1, Node.js ${process.version}, ${process.platform} ${process.arch}\n`;
/** Windows has neither; a link or a pipe is seen there by the look before. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
const FLAGS = constants.O_RDWR | constants.O_APPEND | O_NOFOLLOW | O_NONBLOCK;
/** What people did and when is nobody else's business. */
const MODE = 0o600;

/** Something is there that is no trace of ours: a link, a pipe, a folder, or a file that somebody else made. */
export class ForeignFileError extends Error {
  override readonly name = 'ForeignFileError';

  constructor(readonly path: string) {
    super(`foreign: ${path}`);
  }
}

export interface TracePaths {
  /** What is being written. */
  current: string;
  /** What was written before, as much again. */
  older: string;
}

/**
 * Adds text to a trace. When it would get too long, it becomes the older one and a new one is begun. It is opened each time,
 * so that people may take it away, also on Windows.
 * @param longest bytes
 * @throws ForeignFileError, and what the file system throws
 */
export async function addToTrace({ current, older }: TracePaths, text: string, longest: number): Promise<void> {
  const folder = dirname(current);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!(await lstat(folder)).isDirectory()) throw new ForeignFileError(folder);
  const file = await openOurs(current);
  try {
    const { size } = await file.stat();
    if (size === 0 || size + Buffer.byteLength(text) <= longest) {
      await write(file, text);
      return;
    }
  } finally {
    await file.close();
  }
  await (await openOurs(older)).close();
  await rename(current, older);
  const next = await openOurs(current);
  try {
    await write(next, text);
  } finally {
    await next.close();
  }
}

async function write(file: FileHandle, text: string): Promise<void> {
  const { size } = await file.stat();
  await file.appendFile(size === 0 ? FIRST_LINE + text : text);
}

async function openOurs(path: string): Promise<FileHandle> {
  if (process.platform === 'win32' && isDeviceName(path)) throw new ForeignFileError(path);
  const known = await lstat(path, { bigint: true }).catch(ifMissing);
  if (known) requireOrdinary(known, path);
  const file = await open(path, known ? FLAGS : FLAGS | constants.O_CREAT | constants.O_EXCL, MODE);
  try {
    const stats = await file.stat({ bigint: true });
    requireOrdinary(stats, path);
    if (known && (stats.ino !== known.ino || stats.dev !== known.dev)) throw new ForeignFileError(path);
    if (stats.size > 0n) await requireMark(file, path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** A second name would have the file of somebody else written. */
function requireOrdinary(stats: BigIntStats, path: string): void {
  if (!stats.isFile() || stats.nlink > 1n) throw new ForeignFileError(path);
}

async function requireMark(file: FileHandle, path: string): Promise<void> {
  const beginning = Buffer.alloc(MARK.length);
  const { bytesRead } = await file.read(beginning, 0, MARK.length, 0);
  if (beginning.subarray(0, bytesRead).toString() !== MARK) throw new ForeignFileError(path);
}
