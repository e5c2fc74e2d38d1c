// Builds dist/:  npm run build
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { build } from 'tsup';
import { writeAgentSchema } from './lib/agent-schema.mjs';
import { assembleNodes } from './lib/assemble-nodes.mjs';
import { buildWidget } from './lib/build-widget.mjs';
import { ROOT } from './lib/paths.mjs';

process.chdir(ROOT);
for (const folder of ['dist', 'build']) rmSync(folder, { recursive: true, force: true });
const types = once(new Worker(new URL('./lib/library-types.mjs', import.meta.url)), 'exit');
await Promise.all([build({ config: 'tsup.config.ts' }), types, buildWidget()]);
assembleNodes();
writeAgentSchema();
