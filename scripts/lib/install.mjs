import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { npm } from './process.mjs';

/**
 * @typedef {import('./process.mjs').Write} Write
 * @typedef {{ version?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} Locked a package in a lock file
 */

/** What npm warns of (packages for a newer Node.js, scripts that are not run) is looked at by who changes the lock file. */
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs the packages of the lock file into `folder`, unless they are there already.
 * @param {string} [folder]
 * @param {{ flags?: string[], write?: Write }} [options]
 */
export async function installFromLock(folder = ROOT, { flags = [], write } = {}) {
  if (matchesLock(folder)) return;
  // npm would empty the folder that it leads to, which may be in use by another checkout.
  if (lstatSync(join(folder, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(
      `${join(folder, 'node_modules')} is a link and lacks packages of ${folder}: install them where it leads to.`,
    );
  say(`Installing packages in ${folder} …`, write);
  const code = await npm(['ci', ...QUIET, ...flags], { cwd: folder, write });
  if (code !== 0) throw new Error(`npm ci failed in ${folder} (exit code ${code})`);
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
  if (existsSync(manifest) && readJson(manifest).version === version) return true;
  say(`Installing ${name} ${version} …`, write);
  return (await npm(['install', '--prefix', folder, '--no-save', ...QUIET, `${name}@${version}`], { write })) === 0;
}

/**
 * npm notes what it installed in node_modules/.package-lock.json: every package of the lock has to be there in its
 * version. Optional ones may be missing, because most of them are for other systems.
 * @param {string} folder
 */
function matchesLock(folder) {
  const noteFile = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(noteFile)) return false;
  const installed = readJson(noteFile).packages ?? {};
  const wanted = Object.entries(readJson(join(folder, 'package-lock.json')).packages ?? {});
  return wanted.every(([path, { version, link, optional, devOptional }]) => {
    // The project itself, and its other packages.
    if (link || !path.includes('node_modules/')) return true;
    const found = installed[path];
    return found ? found.version === version : optional === true || devOptional === true;
  });
}

/** @param {string} file */
function readJson(file) {
  return /** @type {{ version?: string, packages?: Record<string, Locked> }} */ (
    JSON.parse(readFileSync(file, 'utf8'))
  );
}

/**
 * @param {string} text
 * @param {Write} [write]
 */
function say(text, write) {
  if (write) write(`${text}\n`);
  else console.log(text);
}
