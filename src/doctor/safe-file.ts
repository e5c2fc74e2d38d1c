import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { IniFile } from '../installation/ini-file';
import { DoctorError } from './doctor-error';

/** MicroSIP opens its ini exclusively for a moment whenever it is started (3.22.16 document, section 1). */
const ATTEMPTS = 5;
const PAUSE = 100;
const BUSY = ['EBUSY', 'EPERM', 'EACCES'];

/** @throws DoctorError `ini_missing`, `ini_locked`, `ini_not_unicode` */
export async function readIni(path: string): Promise<IniFile> {
  const ini = IniFile.parse(await readBytes(path));
  if (!ini) throw new DoctorError('ini_not_unicode');
  return ini;
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await patiently(() => readFileSync(path));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new DoctorError('ini_missing', { ini: path });
    if (BUSY.includes(codeOf(error))) throw new DoctorError('ini_locked', { ini: path });
    throw error;
  }
}

/**
 * A copy beside the file, named after the time.
 * @returns its path
 */
export function backUp(path: string, now: Date): string {
  const stamp = now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  for (let count = 1; ; count += 1) {
    const copy = `${path}.${stamp}${count > 1 ? `-${count}` : ''}.bak`;
    try {
      copyFileSync(path, copy, constants.COPYFILE_EXCL);
      return copy;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/**
 * Nobody ever sees half of it: the file is written beside the old one and then takes its place.
 * @throws DoctorError `ini_locked` when the old file cannot be replaced
 */
export async function replaceFile(path: string, content: Buffer | string): Promise<void> {
  const target = resolved(path);
  const fresh = `${target}.new`;
  try {
    await patiently(() => {
      const mode = modeOf(target);
      const file = openSync(fresh, 'w', mode);
      try {
        writeFileSync(file, content);
        fchmodSync(file, mode);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(fresh, target);
    });
  } catch (error) {
    rmSync(fresh, { force: true });
    if (BUSY.includes(codeOf(error))) throw new DoctorError('ini_locked', { ini: path });
    throw error;
  }
}

async function patiently<T>(action: () => T): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return action();
    } catch (error) {
      if (attempt === ATTEMPTS || !BUSY.includes(codeOf(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return 0o600;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
