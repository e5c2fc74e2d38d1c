import { join } from 'node:path';
import { runsNodeRed5 } from './node-22.mjs';
import { ROOT } from './paths.mjs';
import { HOST, isFree, untilServed } from './port.mjs';
import { run } from './process.mjs';

/**
 * The port that `PORT` in the environment names.
 * @param {string} command what was typed to start this
 * @throws Error for one that is none, or that something else uses
 */
export async function wantedPort(command) {
  const port = Number(process.env.PORT || 1880);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT is not a port number: ${process.env.PORT}`);
  if (await isFree(port)) return port;
  throw new Error(
    `Port ${port} is in use, maybe by another Node-RED. End that program, or choose another port:\n` +
      `  Linux, macOS:        PORT=1881 ${command}\n` +
      `  Windows PowerShell:  $env:PORT=1881; ${command}`,
  );
}

/** The newest one that this Node.js can run, as a package of this checkout. */
export function nodeRedPackage() {
  return runsNodeRed5() ? 'node-red-5' : 'node-red';
}

/**
 * Node-RED with this checkout's nodes, until it ends.
 * @param {string} userDir
 * @param {number} port
 * @param {(url: string) => void} served called when it can be opened in a browser
 * @param {Record<string, string>} [env] more variables of its environment
 * @returns {Promise<number>} its exit code
 */
export function runNodeRed(userDir, port, served, env = {}) {
  const url = `http://${HOST}:${port}`;
  const args = [
    join(ROOT, 'node_modules', nodeRedPackage(), 'red.js'),
    ...['--settings', join(ROOT, 'scripts/lib/node-red-settings.cjs')],
    ...['--userDir', userDir],
  ];
  const ended = run(process.execPath, args, { env: { ...process.env, ...env, PORT: String(port) } });
  void untilServed(url).then(() => {
    served(url);
  });
  return ended;
}
