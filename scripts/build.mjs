// Builds dist/:  npm run build
import { rmSync } from 'node:fs';
import { build } from 'tsup';
import { assembleNodes } from './lib/assemble-nodes.mjs';
import { ROOT } from './lib/paths.mjs';

process.chdir(ROOT);
for (const folder of ['dist', 'build']) rmSync(folder, { recursive: true, force: true });
await build({ config: 'tsup.config.ts' });
assembleNodes();
