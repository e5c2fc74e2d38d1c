import { createHash } from 'node:crypto';
import { createRequire, isBuiltin } from 'node:module';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build as bundle } from 'esbuild';
import { installFromLock } from './install.mjs';
import { withLock } from './lock.mjs';
import { CACHE, LANE, ROOT } from './paths.mjs';

/** The Windows side: Node.js for Windows, what it needs, the package under test and, for each lane, the compiled specs. */
export const SIDE = join(CACHE, 'windows');
export const PACKAGE = join(SIDE, 'node_modules', '@callflow', 'node-red-microsip');
const TESTS = join(SIDE, 'tests', LANE);
const PARTS = ['package.json', 'dist', 'examples'];

/** Lanes share what they all need: the first one makes it, the others wait. */
export function installWindowsSide() {
  return withLock(join(CACHE, 'windows-side.lock'), async () => {
    mkdirSync(SIDE, { recursive: true });
    for (const file of ['package.json', 'package-lock.json'])
      cpSync(join(ROOT, 'test/windows/side', file), join(SIDE, file));
    await installFromLock(SIDE, { flags: ['--os=win32', '--cpu=x64', '--ignore-scripts'] });
    copyPackage();
  });
}

/** Not while another lane uses it: only when it is not the same. */
function copyPackage() {
  const note = join(PACKAGE, 'copied');
  const state = stateOf(PARTS);
  if (existsSync(note) && readFileSync(note, 'utf8') === state) return;
  rmSync(PACKAGE, { recursive: true, force: true });
  mkdirSync(PACKAGE, { recursive: true });
  for (const part of PARTS) {
    if (existsSync(join(ROOT, part))) cpSync(join(ROOT, part), join(PACKAGE, part), { recursive: true });
  }
  writeFileSync(note, state);
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

/**
 * @param {string[]} specs
 * @returns the compiled spec files
 */
export async function compileWindowsSpecs(specs) {
  rmSync(TESTS, { recursive: true, force: true });
  const result = await bundle({
    entryPoints: specs.map((file) => join(ROOT, file)),
    absWorkingDir: ROOT,
    outdir: TESTS,
    outbase: join(ROOT, 'test'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    metafile: true,
    logLevel: 'warning',
    plugins: [packageUnderTest, bundledLibraries],
  });
  return Object.keys(result.metafile.outputs).map((file) => join(ROOT, file));
}

/**
 * Libraries that only tests need are not installed on the Windows side.
 * @type {import('esbuild').Plugin}
 */
const bundledLibraries = {
  name: 'bundled-libraries',
  setup(build) {
    const require = createRequire(import.meta.url);
    build.onResolve({ filter: /^(?:fast-check|mqtt)$/ }, ({ path }) => ({ path: require.resolve(path) }));
    // What those need comes with them: the Windows side may have it in another version. They do without some of it.
    build.onResolve({ filter: /^[a-z@]/ }, ({ path, importer }) =>
      importer.includes('node_modules') && !isBuiltin(path) && !/^(?:bufferutil|utf-8-validate)$/.test(path)
        ? { path: createRequire(importer).resolve(path) }
        : undefined,
    );
  },
};

/**
 * Specs import `../../src/…`; what runs is the built package, which starts worker threads from its own files.
 * @type {import('esbuild').Plugin}
 */
const packageUnderTest = {
  name: 'package-under-test',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const file = relative(ROOT, resolve(resolveDir, path)).split(sep).join('/');
      if (!/^(src|nodes)\//.test(file)) return undefined;
      return { path: `@callflow/node-red-microsip/dist/${file.replace(/\.ts$/, '')}`, external: true };
    });
  },
};
