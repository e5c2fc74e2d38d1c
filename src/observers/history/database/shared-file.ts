import { lstat, open, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../../../monotonic-ms';
import { FileRefusedError, readRegularFile } from '../../../files/regular-file';

/** On Windows a virus scanner or a backup may hold a file for a moment, and so does its own deletion. */
const HELD_BY_OTHERS = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** ms */
const PAUSES = [20, 100, 500];
/** ms between two tries to be alone, at most. */
const LONGEST_PAUSE = 30;
/** ms after which a mark that does not change was left by a program that is gone: a write takes milliseconds. */
const ABANDONED = 5000;
/** ms after which nobody waits any longer: the program may want to end. */
const PATIENCE = 10_000;
/** Bytes of a mark; what is longer is none. */
const LONGEST_MARK = 1000;

/**
 * Does something with a file while no other program that asks in this way does; across computers, too. Whoever is killed
 * leaves a mark behind that the next one takes away.
 * @throws what `job` and the file system throw; FileRefusedError when there is something else in place of the mark;
 * Error when others do not come to an end
 */
export async function alone<T>(path: string, job: () => Promise<T>): Promise<T> {
  const mark = `${path}.lock`;
  const end = monotonicMs() + PATIENCE;
  let known: string | undefined;
  let since = 0;
  while (!(await set(mark))) {
    if (monotonicMs() > end) throw new Error(`${mark} is always there`);
    const seen = await look(mark);
    if (!seen) continue;
    if (seen.text !== known) [known, since] = [seen.text, monotonicMs()];
    if (seen.isOver || monotonicMs() - since > ABANDONED) await rm(mark, { force: true });
    else await sleep(1 + Math.random() * LONGEST_PAUSE);
  }
  try {
    return await job();
  } finally {
    await rm(mark, { force: true });
  }
}

/** Whoever reads the file, at whatever moment the program or the computer stops, finds the old text or the new one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.new`;
  // Left by a program that was killed, or put there by a stranger.
  await rm(unfinished, { force: true });
  const file = await open(unfinished, 'wx');
  try {
    await file.writeFile(text);
    // Without this a power failure can leave the new name with none of the text.
    await file.sync();
  } finally {
    await file.close();
  }
  for (const pause of [...PAUSES, 0]) {
    try {
      await rename(unfinished, path);
      return;
    } catch (error) {
      if (pause === 0 || !isHeld(error)) throw error;
      await sleep(pause);
    }
  }
}

/** @returns false when it is there already */
async function set(mark: string): Promise<boolean> {
  try {
    const file = await open(mark, 'wx');
    try {
      await file.writeFile(`${process.pid} ${hostname()}`);
    } catch (error) {
      await rm(mark, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || (process.platform === 'win32' && isHeld(error))) return false;
    throw error;
  }
}

/** @returns undefined when it is gone; `isOver`: the program that has set it is gone */
async function look(mark: string): Promise<{ text: string; isOver: boolean } | undefined> {
  try {
    const stats = await lstat(mark);
    if (!stats.isFile()) throw new FileRefusedError('not_regular', mark);
    const { mtimeMs, ino } = stats;
    const [, pid, host] = /^(\d+) (.+)$/.exec((await readRegularFile(mark, LONGEST_MARK)).toString()) ?? [];
    return { text: `${ino} ${mtimeMs}`, isOver: host === hostname() && !isRunning(Number(pid)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (process.platform === 'win32' && isHeld(error)) return { text: '', isOver: false };
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's program is one, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isHeld(error: unknown): boolean {
  return HELD_BY_OTHERS.has((error as NodeJS.ErrnoException).code ?? '');
}
