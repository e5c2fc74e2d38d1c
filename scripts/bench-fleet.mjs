// What a fleet costs, and how soon a flow knows what happens at its phones:  npm run bench:fleet [-- --long]
import { join } from 'node:path';
import { installFromLock } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

/** As deep as their sources, so that they find what is shipped. */
const TARGET = join(ROOT, 'build/bench');

await installFromLock();
process.exitCode = await run(process.execPath, ['scripts/build.mjs']);
if (process.exitCode === 0) {
  const { build } = await import('esbuild');
  // Processes that are measured do not compile anything themselves.
  const entryPoints = ['fleet', 'agent-process', 'node-red-process'].map((name) =>
    join(ROOT, `bench/fleet/${name}.ts`),
  );
  await build({ entryPoints, outdir: TARGET, bundle: true, platform: 'node', target: 'node20', packages: 'external' });
  process.exitCode = await run(process.execPath, [join(TARGET, 'fleet.js'), ...process.argv.slice(2)]);
}
