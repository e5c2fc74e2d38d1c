import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackage } from './install.mjs';
import { CACHE } from './paths.mjs';

const VERSION = '22.23.3';
const FOLDER = join(CACHE, 'node22');

/** @typedef {{ path?: string, why?: string }} Node5 where the Node.js for Node-RED 5 is, or why there is none */

/** Node-RED 5 refuses to start on an older Node.js. */
export function runsNodeRed5(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 9);
}

/**
 * A Node.js that Node-RED 5 runs on: the running one, else one from npm.
 * @returns {Promise<Node5>}
 */
export async function nodeForNodeRed5() {
  if (runsNodeRed5()) return { path: process.execPath };
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const path = join(FOLDER, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const installed = await installPackage(FOLDER, name, VERSION);
  if (installed && existsSync(path)) return { path };
  return { why: `Node-RED 5 needs Node.js 22.9, this is ${process.versions.node}, and npm has no ${name}@${VERSION}` };
}
