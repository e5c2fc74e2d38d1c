import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { QUIET, refuseLink } from '../install.mjs';
import { areInstalled, lockedIn } from '../lock-file.mjs';
import { CACHE, ROOT } from '../paths.mjs';
import { npm } from '../process.mjs';
import { demoPackages } from './packages.mjs';

/** Where they are unpacked: in the project's own folder npm would take the whole project. */
const FOLDER = join(CACHE, 'demo');
const MODULES = join(ROOT, 'node_modules');
const LOOK_EVERY_MS = 500;

const FAILED = `npm could not install the packages: see above. Without the Internet it can only install what it has
downloaded before.`;

/**
 * @typedef {import('../lock-file.mjs').Packages} Packages
 * @typedef {import('./steps.mjs').Step} Step
 */

/**
 * Installs what the demo needs, unless it is there already.
 * @param {Step} step
 */
export async function installForDemo(step) {
  const { manifest, lock, packages } = demoPackages();
  if (areInstalled(ROOT, packages)) {
    step.done('done before');
    return;
  }
  refuseLink(ROOT);
  // Who tests the project here goes on with all of its packages.
  if (existsSync(join(MODULES, 'mocha'))) {
    await install(ROOT, lockedIn(ROOT), step);
    return;
  }
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(FOLDER, 'package-lock.json'), JSON.stringify(lock));
  await install(FOLDER, packages, step, ['--ignore-scripts']);
  if (existsSync(MODULES)) renameSync(MODULES, join(FOLDER, 'replaced'));
  renameSync(join(FOLDER, 'node_modules'), MODULES);
  rmSync(FOLDER, { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @param {Packages} packages what its lock file has
 * @param {Step} step
 * @param {string[]} [flags]
 */
async function install(folder, packages, step, flags = []) {
  // Of the optional ones most are for other systems.
  const expected = Object.keys(packages).filter((path) => path !== '' && !packages[path]?.optional);
  const timer = setInterval(() => {
    const there = expected.filter((path) => existsSync(join(folder, path, 'package.json')));
    step.now(`${there.length} of ${expected.length}`);
  }, LOOK_EVERY_MS);
  let said = '';
  /** @param {string} text */
  const write = (text) => {
    said += text;
  };
  const code = await npm(['ci', ...QUIET, ...flags], { cwd: folder, write }).finally(() => {
    clearInterval(timer);
  });
  if (code !== 0) throw new Error(`\n\n${said.trim()}\n\n${FAILED}`);
  step.done(`${expected.length} of ${expected.length}`);
}
