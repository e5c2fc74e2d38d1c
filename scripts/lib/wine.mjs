import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { BITS, CACHE, findProgram, inLane } from './paths.mjs';
import { beforeDeath, run } from './process.mjs';

const PREFIX = inLane('wine');
/** What a new prefix is copied from: Wine takes far longer to make one. */
const TEMPLATE = join(CACHE, BITS === 32 ? 'wine-32' : 'wine');
const READY = 'ready';
const NEEDED = [
  'wine',
  'wineserver',
  'wineboot',
  'Xvfb',
  BITS === 32 ? 'i686-w64-mingw32-gcc' : 'x86_64-w64-mingw32-gcc',
];

/** The programs that are missing on this machine for running the Windows side under Wine. */
export function missingForWine() {
  return NEEDED.filter((name) => findProgram(name) === undefined);
}

/**
 * Linux path → path inside Wine, where drive Z: is the root folder.
 * @param {string} path
 */
export function winePath(path) {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/**
 * Does the work with a Windows of our own: its files in .cache/wine, windows on a display that nobody sees.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => T | Promise<T>} work takes the environment in which `wine` has to be started
 */
export async function withWine(work) {
  const { server, display } = await startDisplay();
  const env = {
    ...process.env,
    WINEPREFIX: PREFIX,
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // Without these Wine offers to download .NET and a browser engine, in a dialog that nobody answers.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    DISPLAY: display,
  };
  const end = () => {
    if (existsSync(PREFIX)) spawnSync('wineserver', ['-k'], { env });
    server.kill();
  };
  const forget = beforeDeath(end);
  stayOnOneProcessor();
  try {
    await preparePrefix(env);
    return await work(env);
  } finally {
    forget();
    end();
  }
}

/**
 * Whatever runs under Wine asks its server all the time and waits for the answer: between two processors that takes a
 * third more of both. Holds for what is started from here on.
 */
function stayOnOneProcessor() {
  const { WINDOWS_PROCESSOR } = process.env;
  if (!WINDOWS_PROCESSOR || !findProgram('taskset')) return;
  const processor = Number(WINDOWS_PROCESSOR) % availableParallelism();
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(processor), String(process.pid)]);
}

/** @param {NodeJS.ProcessEnv} env */
async function preparePrefix(env) {
  if (isReady(PREFIX)) {
    // What a killed run left behind shows its windows on a display that is gone.
    await run('wineserver', ['-k'], { env });
    return;
  }
  await withLock(join(CACHE, 'wine.lock'), async () => {
    if (!isReady(TEMPLATE)) await makePrefix({ ...env, WINEPREFIX: TEMPLATE });
  });
  rmSync(PREFIX, { recursive: true, force: true });
  await runChecked('cp', ['-a', TEMPLATE, PREFIX], { env });
}

/** @param {NodeJS.ProcessEnv} env */
async function makePrefix(env) {
  console.log('Preparing Wine …');
  rmSync(TEMPLATE, { recursive: true, force: true });
  mkdirSync(TEMPLATE, { recursive: true });
  /** @type {[program: string, ...args: string[]][]} */
  const commands = [
    ['wineboot', '-i'],
    // Node.js refuses to start on the Windows 7 that Wine pretends to be at first.
    ['wine', 'winecfg', '-v', 'win10'],
    // Without a window manager Wine waits 2 s for one whenever a window is hidden.
    ['wine', 'reg', 'add', 'HKCU\\Software\\Wine\\X11 Driver', '/v', 'Managed', '/d', 'N', '/f'],
    ['wineserver', '-w'],
  ];
  for (const [program, ...args] of commands) await runChecked(program, args, { env });
  writeFileSync(join(TEMPLATE, READY), '');
}

/** @param {string} prefix */
function isReady(prefix) {
  return existsSync(join(prefix, READY));
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv }} options
 */
async function runChecked(program, args, { env }) {
  let log = '';
  /** @param {string} text */
  const write = (text) => {
    log += text;
  };
  const code = await run(program, args, { env, write, timeoutMs: 120_000 });
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed (exit code ${code})\n${log}`);
}

/**
 * Xvfb looks for a free display itself and tells its number.
 * @returns {Promise<{ server: import('node:child_process').ChildProcess, display: string }>}
 */
function startDisplay() {
  const args = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => {
      reject(new Error(`Xvfb ended with exit code ${code}`));
    });
    server.stdio[3]?.once('data', (/** @type {Buffer} */ number) => {
      resolve({ server, display: `:${number.toString().trim()}` });
    });
  });
}
