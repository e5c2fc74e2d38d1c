import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BITS, CACHE, findProgram, ROOT } from './paths.mjs';
import { run } from './process.mjs';

const SOURCE = join(ROOT, 'test/windows/stand-in');
const BUILT = join(CACHE, 'stand-in');
const SQLITE_SOURCE = join(ROOT, 'node_modules/better-sqlite3/deps/sqlite3/sqlite3.c');
const TARGET = BITS === 32 ? 'i686-w64-mingw32' : 'x86_64-w64-mingw32';
const SQLITE_BUILT = join(CACHE, 'sqlite', TARGET);
const VERSIONS = ['3.22.16', '3.22.3', '3.19.27'];

/** Why the stand-in for MicroSIP cannot be built here, or undefined. */
export function whyNoStandIn() {
  const missing = ['sh', `${TARGET}-gcc`].filter((name) => findProgram(name) === undefined);
  if (!existsSync(SQLITE_SOURCE)) missing.push("SQLite's source (package better-sqlite3)");
  return missing.length > 0 ? `no ${missing.join(' and ')} to build the stand-in for MicroSIP` : undefined;
}

/**
 * Compiles the stand-in in every version, unless it was compiled from the same source before.
 * @returns {Promise<Map<string, string>>} version → file
 */
export async function buildStandIns() {
  const sqlite = sqliteObject();
  const source = hashOf(SOURCE);
  forgetOlderThan(source);
  /** @type {Map<string, string>} */
  const built = new Map();
  for (const version of VERSIONS) {
    const folder = join(BUILT, `${version}-${BITS}-${source}`);
    const file = join(folder, 'MicroSIP.exe');
    if (!existsSync(file)) {
      console.log(`Compiling the stand-in for MicroSIP ${version}, ${BITS} bits …`);
      mkdirSync(folder, { recursive: true });
      const env = { ...process.env, SQLITE_OBJECT: sqlite, TARGET };
      // The shell of Git for Windows takes both, but only one as what separates folders.
      const paths = [join(SOURCE, 'build.sh'), `${file}.part`].map((path) => path.replaceAll('\\', '/'));
      const code = await run('sh', [...paths, version], { env });
      if (code !== 0) throw new Error(`test/windows/stand-in/build.sh failed (exit code ${code})`);
      renameSync(`${file}.part`, file);
    }
    built.set(version, file);
  }
  return built;
}

/** @param {string} source */
function forgetOlderThan(source) {
  const folders = existsSync(BUILT) ? readdirSync(BUILT) : [];
  for (const name of folders.filter((one) => !one.endsWith(source))) rmSync(join(BUILT, name), { recursive: true });
}

/** SQLite takes far longer to compile than all the rest, and is the same for years. @returns where it is or will be */
function sqliteObject() {
  mkdirSync(SQLITE_BUILT, { recursive: true });
  const how = readFileSync(join(SOURCE, 'build.sh'));
  const name = createHash('sha256').update(how).update(readFileSync(SQLITE_SOURCE)).digest('hex').slice(0, 12);
  for (const old of readdirSync(SQLITE_BUILT).filter((one) => one !== `${name}.o`)) rmSync(join(SQLITE_BUILT, old));
  return join(SQLITE_BUILT, `${name}.o`);
}

/**
 * The same whatever it is compiled for: no lane throws away what another one uses.
 * @param {string} folder
 */
function hashOf(folder) {
  const hash = createHash('sha256').update(readFileSync(SQLITE_SOURCE));
  const files = readdirSync(folder).filter((name) => /\.(c|h|rc|sh)$/.test(name));
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
