// Builds dist/:  npm run build [-- --no-types]
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'tsup';
import { writeAgentSchema } from './lib/agent-schema.mjs';
import { assembleNodes } from './lib/assemble-nodes.mjs';
import { buildWidget } from './lib/build-widget.mjs';
import { ROOT } from './lib/paths.mjs';

const { values } = parseArgs({
  options: {
    /** Those of the library, which only programs in TypeScript need. */
    'no-types': { type: 'boolean', default: false },
  },
});

process.chdir(ROOT);
for (const folder of ['dist', 'build']) rmSync(folder, { recursive: true, force: true });
await Promise.all([build({ config: 'tsup.config.ts' }), buildWidget(), values['no-types'] || writeTypes()]);
assembleNodes();
writeAgentSchema();

function writeTypes() {
  return once(new Worker(new URL('./lib/library-types.mjs', import.meta.url)), 'exit');
}
