import { setTimeout as sleep } from 'node:timers/promises';
import { IniFile } from '../microsip/ini-file';
import { readRegularFile } from '../files/regular-file';

/** Bytes. MicroSIP's own has a third at most; to take apart more would hold up the main thread. */
const LONGEST = 1024 * 1024;
/** ms; a command does not wait for a disk that hangs. */
const PATIENCE = 500;

/** MicroSIP's ini as it is at this moment; undefined when it cannot be read. */
export async function microsipSettings(path: string): Promise<IniFile | undefined> {
  const bytes = await inTime(readRegularFile(path, LONGEST)).catch(() => undefined);
  return bytes && IniFile.parse(bytes);
}

async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  const enough = new AbortController();
  try {
    return await Promise.race([answer, sleep(PATIENCE, undefined, { ref: false, signal: enough.signal })]);
  } finally {
    enough.abort();
  }
}
