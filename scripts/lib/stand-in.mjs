import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, findProgram, ROOT } from './paths.mjs';
import { run } from './process.mjs';

const SOURCE = join(ROOT, 'test/windows/stand-in');
const BUILT = join(CACHE, 'stand-in');
const VERSIONS = ['3.22.16', '3.22.3', '3.19.27'];

/** Why the stand-in for MicroSIP cannot be built here, or undefined. */
export function whyNoStandIn() {
  const missing = ['sh', 'x86_64-w64-mingw32-gcc'].filter((name) => findProgram(name) === undefined);
  return missing.length > 0 ? `no ${missing.join(' and ')} to build the stand-in for MicroSIP` : undefined;
}

/** Compiles the stand-in in every version, unless it was compiled from the same source before. @returns version → file */
export async function buildStandIns() {
  const source = hashOf(SOURCE);
  forgetOlderThan(source);
  const built = new Map();
  for (const version of VERSIONS) {
    const folder = join(BUILT, `${version}-${source}`);
    const file = join(folder, 'MicroSIP.exe');
    if (!existsSync(file)) {
      console.log(`Compiling the stand-in for MicroSIP ${version} …`);
      mkdirSync(folder, { recursive: true });
      const code = await run('sh', [join(SOURCE, 'build.sh'), `${file}.part`, version]);
      if (code !== 0) throw new Error(`test/windows/stand-in/build.sh failed (exit code ${code})`);
      renameSync(`${file}.part`, file);
    }
    built.set(version, file);
  }
  return built;
}

function forgetOlderThan(source) {
  const folders = existsSync(BUILT) ? readdirSync(BUILT) : [];
  for (const name of folders.filter((one) => !one.endsWith(source))) rmSync(join(BUILT, name), { recursive: true });
}

function hashOf(folder) {
  const hash = createHash('sha256');
  const files = readdirSync(folder).filter((name) => /\.(c|h|rc|sh)$/.test(name));
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
