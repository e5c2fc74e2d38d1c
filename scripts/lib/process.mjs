import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './paths.mjs';

const GRACE_MS = 10_000;
/**
 * @typedef {(text: string) => void} Write
 *
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {Write | undefined} [write] takes the output as it comes; without it the output goes straight to the console
 * @property {number | undefined} [priority] as of `os.setPriority`, for it and what it starts
 * @property {number} [timeoutMs] the program is ended after this time
 */

/** @type {Map<import('node:child_process').ChildProcess, Promise<number>>} */
const running = new Map();
/** @type {(() => void)[]} */
const lastActions = [];

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} the exit code; a program ended by a signal counts as 1
 */
export function run(program, args, { cwd = ROOT, env = process.env, write, priority, timeoutMs } = {}) {
  const child = spawn(program, args, { cwd, env, stdio: write ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
  if (priority && child.pid) setPriority(child.pid, priority);
  if (write) for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', write);
  const timer =
    timeoutMs &&
    setTimeout(() => {
      endForTime(child, timeoutMs, write);
    }, timeoutMs);
  /** @type {Promise<number>} */
  const exit = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
  const ended = exit.finally(() => {
    running.delete(child);
    if (timer) clearTimeout(timer);
  });
  running.set(child, ended);
  return ended;
}

/**
 * npm is a .cmd file on Windows, which cannot be spawned without a shell: its JavaScript is run instead.
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options = {}) {
  const npmScript = process.env.npm_execpath;
  if (npmScript?.endsWith('.js')) return run(process.execPath, [npmScript, ...args], options);
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options);
  return run('npm', args, options);
}

/**
 * What has to happen when this program is interrupted; must not wait for anything. Returns the way to take it back.
 * @param {() => void} action
 */
export function beforeDeath(action) {
  lastActions.unshift(action);
  return () => lastActions.splice(lastActions.indexOf(action), 1);
}

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of SIGNALS) process.once(signal, () => void endEverything(signal));

if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
  // The shell between npm and us does not pass a signal on: when it is gone, nobody else would end us.
  const shell = process.ppid;
  setInterval(() => process.ppid !== shell && process.emit('SIGTERM', 'SIGTERM'), 500).unref();
}

process.once('exit', () => {
  for (const child of running.keys()) child.kill();
});

/** @param {NodeJS.Signals} signal */
async function endEverything(signal) {
  for (const child of running.keys()) {
    // On Windows Ctrl+C reaches the children by itself, and kill() would not let them finish.
    if (process.platform !== 'win32' || signal !== 'SIGINT') child.kill('SIGTERM');
  }
  await Promise.race([Promise.allSettled(running.values()), sleep(GRACE_MS)]);
  for (const child of running.keys()) child.kill('SIGKILL');
  for (const action of lastActions) action();
  // Who waits for the last child may have an exit code of its own.
  setImmediate(() => process.exit(130));
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} timeoutMs
 * @param {Write} [write]
 */
function endForTime(child, timeoutMs, write) {
  const message = `\nstill running after ${timeoutMs / 1000} s: ended\n`;
  if (write) write(message);
  else process.stderr.write(message);
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
}
