import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areInstalled, lockedIn } from './lock-file.mjs';
import { ROOT } from './paths.mjs';
import { npm } from './process.mjs';

/** @typedef {import('./process.mjs').Write} Write */

/** What npm warns of (packages for a newer Node.js, scripts that are not run) is looked at by who changes the lock file. */
export const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs the packages of the lock file into `folder`, unless they are there already.
 * @param {string} [folder]
 * @param {{ flags?: string[], write?: Write }} [options]
 */
export async function installFromLock(folder = ROOT, { flags = [], write } = {}) {
  if (areInstalled(folder, lockedIn(folder))) return;
  refuseLink(folder);
  say(`Installing packages in ${folder} …`, write);
  const code = await npm(['ci', ...QUIET, ...flags], { cwd: folder, write });
  if (code !== 0) throw new Error(`npm ci failed in ${folder} (exit code ${code})`);
}

/**
 * npm would empty the folder that a link leads to, which may be in use by another checkout.
 * @param {string} folder
 * @throws Error when its node_modules is a link
 */
export function refuseLink(folder) {
  if (lstatSync(join(folder, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(
      `${join(folder, 'node_modules')} is a link and lacks packages of ${folder}: install them where it leads to.`,
    );
}

/**
 * Installs single packages outside of any lock file, unless they are there in that version.
 * @param {string} folder
 * @param {string} name
 * @param {string} version
 * @param {{ write?: Write }} [options]
 */
export async function installPackage(folder, name, version, { write } = {}) {
  const manifest = join(folder, 'node_modules', name, 'package.json');
  if (existsSync(manifest) && versionIn(manifest) === version) return true;
  say(`Installing ${name} ${version} …`, write);
  return (await npm(['install', '--prefix', folder, '--no-save', ...QUIET, `${name}@${version}`], { write })) === 0;
}

/** @param {string} manifest */
function versionIn(manifest) {
  const { version } = /** @type {{ version?: string }} */ (JSON.parse(readFileSync(manifest, 'utf8')));
  return version;
}

/**
 * @param {string} text
 * @param {Write} [write]
 */
function say(text, write) {
  if (write) write(`${text}\n`);
  else console.log(text);
}
