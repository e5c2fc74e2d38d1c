import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../paths.mjs';

const EXECUTABLE = join(ROOT, 'executable');
/** Programs and threads that are bundled, by the names that the package knows them by. */
export const SCRIPTS = [
  'bin/microsip-agent',
  'bin/microsip-doctor',
  'src/win32/thread/phone-worker',
  'src/observers/history/database/history-worker',
];

/**
 * Makes one file of each script, and the one that is run first.
 * @param {string} folder for the scripts
 * @returns {Promise<string[]>} the files that are in them, as paths from the project's root
 */
export async function bundle(folder) {
  const { metafile } = await build({
    entryPoints: {
      main: join(EXECUTABLE, 'main.ts'),
      ...Object.fromEntries(SCRIPTS.map((path) => [path, `${path}.ts`])),
    },
    absWorkingDir: ROOT,
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    legalComments: 'none',
    // The names of files in it are the same wherever the packages really are.
    preserveSymlinks: true,
    // Optional parts of libraries, which do without; and the koffi of other systems.
    external: ['bufferutil', 'utf-8-validate', '@koromix/*'],
    // What comes out of the exe has no file; koffi wants to hear of one.
    define: { __filename: 'process.execPath' },
    plugins: [insideTheExe],
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}

/**
 * What the package has beside its scripts, the exe has in itself.
 * @type {import('esbuild').Plugin}
 */
const insideTheExe = {
  name: 'inside the exe',
  setup(build) {
    build.onResolve({ filter: /\/own-files$/ }, () => ({ path: join(EXECUTABLE, 'own-files.ts') }));
    build.onResolve({ filter: /^koffi$/ }, ({ importer }) =>
      importer === join(EXECUTABLE, 'koffi.ts') ? undefined : { path: join(EXECUTABLE, 'koffi.ts') },
    );
    build.onResolve({ filter: /^@koromix\/koffi-win32-x64$/ }, () => ({ path: join(EXECUTABLE, 'koffi-native.ts') }));
  },
};
