import { constants, closeSync, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { isDeviceName } from './path-kind';

/**
 * - `not_regular`: a folder, a pipe, a socket or a device: reading could wait for ever, or never end.
 * - `too_large`: more than the caller is ready to hold in memory.
 */
export type FileRefusal = 'not_regular' | 'too_large';

export class FileRefusedError extends Error {
  override readonly name = 'FileRefusedError';

  constructor(
    readonly why: FileRefusal,
    readonly path: string,
  ) {
    super(`${why}: ${path}`);
  }
}

/** Otherwise the opening of a pipe that nobody writes to would wait. Windows has only the first, which is 0. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
const CHUNK = 64 * 1024;

/**
 * Opens a file for reading if it is a regular one. It is looked at before it is opened, since the opening of a device
 * may do something, and afterwards, since it may have been replaced in between.
 * @throws FileRefusedError `not_regular`, and what the file system throws
 */
export async function openRegularFile(path: string): Promise<FileHandle> {
  requireNoDevice(path);
  requireRegular(await stat(path), path);
  const file = await open(path, FLAGS);
  try {
    requireRegular(await file.stat(), path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * The content of a regular file.
 * @param longest bytes
 * @throws FileRefusedError, and what the file system throws
 */
export async function readRegularFile(path: string, longest: number): Promise<Buffer> {
  const file = await openRegularFile(path);
  try {
    const content = new Content((await file.stat()).size, longest, path);
    while (content.add((await file.read(content.chunk, 0, CHUNK)).bytesRead)) continue;
    return content.whole();
  } finally {
    await file.close();
  }
}

/** As `openRegularFile`, not for the main thread. */
export function openRegularFileSync(path: string): number {
  requireNoDevice(path);
  requireRegular(statSync(path), path);
  const file = openSync(path, FLAGS);
  try {
    requireRegular(fstatSync(file), path);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** As `readRegularFile`, not for the main thread. */
export function readRegularFileSync(path: string, longest: number): Buffer {
  const file = openRegularFileSync(path);
  try {
    const content = new Content(fstatSync(file).size, longest, path);
    while (content.add(readSync(file, content.chunk, 0, CHUNK, null))) continue;
    return content.whole();
  } finally {
    closeSync(file);
  }
}

/** What was read so far. The size that a file states binds nobody: it may grow, and those of /proc state none. */
class Content {
  readonly chunk = Buffer.allocUnsafe(CHUNK);
  private readonly parts: Buffer[] = [];
  private length = 0;

  constructor(
    size: number,
    private readonly longest: number,
    private readonly path: string,
  ) {
    if (size > longest) throw new FileRefusedError('too_large', path);
  }

  /** @returns whether there may be more */
  add(bytes: number): boolean {
    this.length += bytes;
    if (this.length > this.longest) throw new FileRefusedError('too_large', this.path);
    if (bytes > 0) this.parts.push(Buffer.from(this.chunk.subarray(0, bytes)));
    return bytes > 0;
  }

  whole(): Buffer {
    return Buffer.concat(this.parts, this.length);
  }
}

function requireNoDevice(path: string): void {
  if (process.platform === 'win32' && isDeviceName(path)) throw new FileRefusedError('not_regular', path);
}

function requireRegular(stats: Stats, path: string): void {
  if (!stats.isFile()) throw new FileRefusedError('not_regular', path);
}
