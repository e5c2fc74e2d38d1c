import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { isDeviceName } from '../../files/path-kind';
import { PhoneError } from '../../phone/errors/phone-error';

/** As much of a file's beginning as tells who made it. */
const BEGINNING = 1024;
/** Windows has neither; a link or a pipe is seen there by the look before. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
/** A database comes to nothing when a new one is begun beside these. */
const OF_A_DATABASE = ['-journal', '-wal'];

/** Those that simulated phones of this program are writing, by what no second name of a file can hide. */
const written = new Set<string>();

/**
 * A file that only a simulated phone has written: one that was not there, or one that bears its mark. Everything else,
 * also what is empty or no ordinary file, may be somebody's only copy or may be somebody else's at this moment.
 */
export class OwnFile {
  private constructor(
    readonly descriptor: number,
    /** It was not there before. */
    readonly isNew: boolean,
    private readonly identity: string,
  ) {
    written.add(identity);
  }

  /**
   * @param isOurs tells by the first bytes whether a simulated phone made it
   * @throws PhoneError `config`: it may not be written, or cannot be
   */
  static open(path: string, isOurs: (beginning: Buffer) => boolean): OwnFile {
    const { descriptor, isNew } = openAtAll(path);
    try {
      if (!isNew) requireOurs(descriptor, path, isOurs);
      const { dev, ino } = fstatSync(descriptor, { bigint: true });
      const identity = `${dev}:${ino}`;
      if (written.has(identity)) throw new PhoneError('config', 'write_twice', { path });
      return new OwnFile(descriptor, isNew, identity);
    } catch (error) {
      closeSync(descriptor);
      throw writeFailed(path, error);
    }
  }

  /** Others may write it from now on. */
  release(): void {
    written.delete(this.identity);
  }
}

/** Turns what the system says into something that a setting can be corrected by. */
export function writeFailed(path: string, error: unknown): PhoneError {
  if (error instanceof PhoneError) return error;
  return new PhoneError('config', 'write_failed', {
    path,
    why: error instanceof Error ? error.message : String(error),
  });
}

function openAtAll(path: string): { descriptor: number; isNew: boolean } {
  try {
    if (process.platform === 'win32' && isDeviceName(path)) throw foreign(path);
    const known = lstatSync(path, { throwIfNoEntry: false });
    if (known) {
      requireOrdinary(known, path);
      return { descriptor: openSync(path, constants.O_RDWR | O_NOFOLLOW | O_NONBLOCK), isNew: false };
    }
    if (OF_A_DATABASE.some((ending) => existsSync(path + ending))) throw foreign(path);
    return { descriptor: openSync(path, 'wx+'), isNew: true };
  } catch (error) {
    throw writeFailed(path, error);
  }
}

function requireOurs(descriptor: number, path: string, isOurs: (beginning: Buffer) => boolean): void {
  requireOrdinary(fstatSync(descriptor), path);
  const beginning = Buffer.alloc(BEGINNING);
  const length = readSync(descriptor, beginning, 0, BEGINNING, 0);
  if (!isOurs(beginning.subarray(0, length))) throw foreign(path);
}

function requireOrdinary(stats: Stats, path: string): void {
  if (!stats.isFile()) throw foreign(path);
}

function foreign(path: string): PhoneError {
  return new PhoneError('config', 'write_foreign', { path });
}
