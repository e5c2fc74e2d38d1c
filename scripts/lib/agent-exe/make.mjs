import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { withLock } from '../lock.mjs';
import { ROOT } from '../paths.mjs';
import { run } from '../process.mjs';
import { bundle, SCRIPTS } from './bundle.mjs';
import { licenceTexts } from './licences.mjs';
import { installParts, WORK } from './packages.mjs';
import { withoutSignature } from './signature.mjs';
import { withVersionInfo } from './version-info.mjs';

/** Marks the place in every Node.js that tells whether a blob is in it (nodejs.org/api/single-executable-applications.html). */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const LICENCES = 'THIRD-PARTY-LICENSES.txt';

/** @typedef {{ exe: string, licences: string }} AgentExe files */
/** @typedef {(file: string, resource: string, content: Buffer, options: { sentinelFuse: string }) => Promise<void>} Inject */

/**
 * Makes `microsip-agent.exe` of what is in `dist` and the sources, unless it was made of the same before.
 * @returns {Promise<AgentExe>}
 */
export function makeAgentExe() {
  return withLock(join(WORK, 'lock'), async () => {
    const parts = await installParts();
    const blobFolder = join(WORK, 'blob');
    rmSync(blobFolder, { recursive: true, force: true });
    const blob = readFileSync(await makeBlob(blobFolder, parts));
    const nodeExe = readFileSync(parts.nodeExe);
    const name = hashOf(blob, nodeExe, ...howItIsMade());
    const made = join(WORK, 'made', name);
    const exe = join(made, 'microsip-agent.exe');
    if (!existsSync(exe)) {
      rmSync(join(WORK, 'made'), { recursive: true, force: true });
      mkdirSync(made, { recursive: true });
      const unfinished = `${exe}.part`;
      writeFileSync(unfinished, withVersionInfo(withoutSignature(nodeExe)));
      // Not at the top: it listens for errors that nobody catches. It has no types.
      const { inject } = /** @type {{ inject: Inject }} */ (createRequire(import.meta.url)('postject'));
      await inject(unfinished, 'NODE_SEA_BLOB', blob, { sentinelFuse: FUSE });
      renameSync(unfinished, exe);
    }
    return { exe, licences: join(blobFolder, LICENCES) };
  });
}

/**
 * All that is put into Node.js. The same input makes the same blob: paths in it are those within the folder.
 * @param {string} folder
 * @param {Awaited<ReturnType<typeof installParts>>} parts
 * @returns the file
 */
async function makeBlob(folder, { blobMaker, koffiNode, nodeLicence, nodeVersion }) {
  const files = await bundle(folder);
  writeFileSync(join(folder, LICENCES), licenceTexts(files, { nodeLicence, nodeVersion }));
  const dist = join(ROOT, 'dist');
  const texts = readdirSync(join(dist, 'locales'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .map((path) => `locales/${path.replaceAll('\\', '/')}`)
    .sort();
  const config = {
    main: 'main.js',
    output: 'blob',
    disableExperimentalSEAWarning: true,
    // Both would fit only the kind of machine that the blob is made on.
    useSnapshot: false,
    useCodeCache: false,
    // What others set up for their Node.js is not meant for this program.
    execArgvExtension: 'none',
    assets: {
      'koffi.node': koffiNode,
      [LICENCES]: LICENCES,
      ...Object.fromEntries(SCRIPTS.map((path) => [`${path}.js`, `${path}.js`])),
      ...Object.fromEntries(['bin/microsip-hook.js', ...texts].map((path) => [path, join(dist, path)])),
    },
  };
  writeFileSync(join(folder, 'blob.json'), JSON.stringify(config, undefined, 2));
  let log = '';
  const code = await run(blobMaker, ['--experimental-sea-config', 'blob.json'], {
    cwd: folder,
    write: (text) => {
      log += text;
    },
  });
  if (code !== 0) throw new Error(`The blob could not be made (exit code ${code})\n${log}`);
  return join(folder, config.output);
}

/** These scripts, and the version that one of them puts in. */
function howItIsMade() {
  const here = import.meta.dirname;
  const scripts = readdirSync(here).sort();
  return [join(ROOT, 'package.json'), ...scripts.map((file) => join(here, file))].map((file) => readFileSync(file));
}

/** @param {Buffer[]} contents */
function hashOf(...contents) {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex').slice(0, 16);
}
