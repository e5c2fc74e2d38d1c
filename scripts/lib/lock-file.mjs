// What a package-lock.json says, and how much of it is installed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Locked a package in a lock file
 * @property {string} [version]
 * @property {boolean} [link] to another package of the project
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, { optional?: boolean }>} [peerDependenciesMeta]
 *
 * @typedef {Record<string, Locked>} Packages by their path from the folder of the lock; '' is the project itself
 */

/** @param {string} folder */
export function lockedIn(folder) {
  return packagesIn(join(folder, 'package-lock.json'));
}

/**
 * What a program needs that imports `names` in the folder of the lock file.
 * @param {Packages} packages
 * @param {string[]} names
 * @returns {Packages}
 */
export function neededFor(packages, names) {
  /** @type {Packages} */
  const needed = {};
  const queue = names.map((name) => pathOf(packages, '', name));
  for (const path of queue) {
    const found = path === undefined ? undefined : packages[path];
    if (path === undefined || found === undefined || path in needed) continue;
    needed[path] = found;
    const { dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta } = found;
    const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta?.[name]?.optional);
    // What is added here comes round in this loop.
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers])
      queue.push(pathOf(packages, path, name));
  }
  return needed;
}

/**
 * Whether npm has installed all of them in these versions, by its own note. Optional ones may be missing, because most
 * of them are for other systems.
 * @param {string} folder
 * @param {Packages} wanted
 */
export function areInstalled(folder, wanted) {
  const note = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = packagesIn(note);
  return Object.entries(wanted).every(([path, { version, link, optional, devOptional }]) => {
    // The project itself, and its other packages.
    if (link || !path.includes('node_modules/')) return true;
    const found = installed[path];
    return found ? found.version === version : optional === true || devOptional === true;
  });
}

/**
 * Where Node.js finds a package that is imported by another one.
 * @param {Packages} packages
 * @param {string} from the path of the other one
 * @param {string} name
 */
function pathOf(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder}${folder && '/'}node_modules/${name}`;
    if (path in packages) return path;
    if (folder === '') return undefined;
  }
}

/** @param {string} file */
function packagesIn(file) {
  const { packages = {} } = /** @type {{ packages?: Packages }} */ (JSON.parse(readFileSync(file, 'utf8')));
  return packages;
}
