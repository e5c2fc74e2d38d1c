import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Writes the schema of an agent's file, for editors: the one that the agent itself goes by, from the built package. */
export function writeAgentSchema() {
  const require = createRequire(import.meta.url);
  const { agentSchema, SCHEMA_FILE } =
    /** @type {typeof import('../../src/agent/config/agent-schema.js')} */
    (require(join(ROOT, 'dist/src/agent/config/agent-schema.js')));
  writeFileSync(join(ROOT, SCHEMA_FILE), `${JSON.stringify(agentSchema(), null, 2)}\n`);
}
