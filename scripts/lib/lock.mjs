import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeDeath } from './process.mjs';

/**
 * Does the work while nobody else who asks for the same lock file does theirs; waits for its turn.
 * @template T
 * @param {string} file
 * @param {() => T | Promise<T>} work
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  for (let waiting = false; !tryToTake(file); waiting = true) {
    if (!waiting) console.log(`Waiting for another run (process ${ownerOf(file)}) to end …`);
    await sleep(500);
  }
  const release = () => {
    rmSync(file, { force: true });
  };
  const forget = beforeDeath(release);
  try {
    return await work();
  } finally {
    forget();
    release();
  }
}

/** @param {string} file */
function tryToTake(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (!isAlive(ownerOf(file))) rmSync(file, { force: true });
    return false;
  }
}

/** @param {string} file */
function ownerOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  // Just created and not yet written, or just removed: look again.
  if (!pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
