import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { run } from '../process.mjs';

/** All that is built, and what it is built of. */
const PARTS = [
  'package.json',
  'tsup.config.ts',
  'bin',
  'dist',
  'icons',
  'locales',
  'nodes',
  'packages',
  'plugins',
  'scripts/lib',
  'src',
];
/** Each build empties its folder, so it never tells of an older one. */
const NOTE = join(ROOT, 'build', 'demo');

/**
 * Builds what Node-RED loads, unless it was built of the same files.
 * @param {import('./steps.mjs').Step} step
 */
export async function buildForDemo(step) {
  if (existsSync(NOTE) && readFileSync(NOTE, 'utf8') === stateOf(PARTS)) {
    step.done('done before');
    return;
  }
  let said = '';
  /** @param {string} text */
  const write = (text) => {
    said += text;
  };
  const code = await run(process.execPath, ['scripts/build.mjs', '--no-types'], { write });
  if (code !== 0) throw new Error(`\n\n${said.trim()}\n\nThe build failed: see above.`);
  mkdirSync(join(NOTE, '..'), { recursive: true });
  writeFileSync(NOTE, stateOf(PARTS));
  step.done();
}

/** @param {string[]} parts */
function stateOf(parts) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  for (const path of parts.map((part) => join(ROOT, part)).filter(existsSync)) {
    add(path);
    if (!statSync(path).isDirectory()) continue;
    for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted()) add(join(path, entry));
  }
  return hash.digest('hex');
}
