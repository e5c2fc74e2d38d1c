import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { run } from './process.mjs';

const MOCHA = join(ROOT, 'node_modules/mocha/bin/mocha.js');
const C8 = join(ROOT, 'node_modules/c8/bin/c8.js');
const REPORTER = join(ROOT, 'scripts/lib/mocha-reporter.cjs');

/**
 * @typedef {import('./process.mjs').RunOptions & {
 *   specs: string[],
 *   write: import('./process.mjs').Write,
 *   node?: string | undefined,
 *   coverage?: string[],
 * }} MochaOptions `coverage`: options of c8
 */

/**
 * Runs spec files in a process of their own. A spec that leaves something running is ended for time, and fails.
 * @param {MochaOptions} options
 */
export function runMocha({ specs, node = process.execPath, coverage, ...options }) {
  if (specs.length === 0) {
    options.write('There is no spec file.\n');
    return 1;
  }
  const mocha = [
    MOCHA,
    '--no-config',
    '--require=tsx/cjs',
    '--timeout=120000',
    '--forbid-only',
    `--reporter=${REPORTER}`,
  ];
  const args = coverage ? [C8, '--reporter=text-summary', '--check-coverage', ...coverage, node, ...mocha] : mocha;
  return run(node, [...args, ...specs], options);
}
