// What a fleet costs, and how soon a flow knows what happens at its phones:  npm run bench:fleet [-- --long]
import { installFromLock } from './lib/install.mjs';
import { run } from './lib/process.mjs';

await installFromLock();
process.exitCode = await run(process.execPath, ['scripts/build.mjs']);
if (process.exitCode === 0)
  process.exitCode = await run(process.execPath, [
    ...['--require', 'tsx/cjs'],
    'bench/fleet/fleet.ts',
    ...process.argv.slice(2),
  ]);
