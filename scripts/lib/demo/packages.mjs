import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockedIn, neededFor } from '../lock-file.mjs';
import { nodeRedPackage } from '../own-node-red.mjs';
import { ROOT } from '../paths.mjs';

/** @typedef {import('../lock-file.mjs').Packages} Packages */

const DASHBOARD = '@flowfuse/node-red-dashboard';
/** What builds both packages, without their types; and what the demo's flow uses. */
const TOOLS = [
  'tsup',
  'typescript',
  'esbuild',
  'vite',
  '@vitejs/plugin-vue',
  'vite-plugin-css-injected-by-js',
  'vue',
  DASHBOARD,
];
/** Its pages have these in them, and the part of it in Node-RED does without: a third of all files. */
const IN_ITS_PAGES = ['core-js', 'd3', 'echarts', 'vue'];

/**
 * What the demo needs of all packages that the project is developed with: half of them, in the versions of its lock file.
 * @returns {{ manifest: object, lock: object, packages: Packages }} for a project that has nothing else
 */
export function demoPackages() {
  const { name, version, dependencies, devDependencies, overrides } =
    /** @type {{ dependencies: Record<string, string>, devDependencies: Record<string, string>, [key: string]: unknown }} */ (
      JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    );
  const tools = [nodeRedPackage(), ...TOOLS];
  const chosen = Object.fromEntries(Object.entries(devDependencies).filter(([tool]) => tools.includes(tool)));
  const project = { name, version, dependencies, devDependencies: chosen };
  const packages = neededFor(withoutPages(lockedIn(ROOT)), [...Object.keys({ ...dependencies, ...chosen })]);
  return {
    manifest: { ...project, private: true, overrides },
    lock: { name, version, lockfileVersion: 3, requires: true, packages: { '': project, ...packages } },
    packages,
  };
}

/**
 * @param {Packages} packages
 * @returns {Packages}
 */
function withoutPages(packages) {
  const path = `node_modules/${DASHBOARD}`;
  const dashboard = packages[path];
  const kept = Object.entries(dashboard?.dependencies ?? {}).filter(([name]) => !IN_ITS_PAGES.includes(name));
  return { ...packages, [path]: { ...dashboard, dependencies: Object.fromEntries(kept) } };
}
