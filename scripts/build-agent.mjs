// Makes microsip-agent.exe, for PCs without Node.js, in build/agent:  npm run build:agent
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeAgentExe } from './lib/agent-exe/make.mjs';
import { installFromLock } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

const FOLDER = join(ROOT, 'build/agent');
const NAME = 'microsip-agent.exe';

const began = performance.now();
await installFromLock();
const code = await run(process.execPath, ['scripts/build.mjs']);
if (code === 0) await makeAgent();
process.exitCode = code;

async function makeAgent() {
  const { exe, licences } = await makeAgentExe();
  mkdirSync(FOLDER, { recursive: true });
  cpSync(exe, join(FOLDER, NAME));
  cpSync(licences, join(FOLDER, 'THIRD-PARTY-LICENSES.txt'));
  const bytes = readFileSync(exe);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // As sha256sum writes and checks it.
  writeFileSync(join(FOLDER, `${NAME}.sha256`), `${sha256}  ${NAME}\n`);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`build/agent/${NAME}: ${(bytes.length / 1e6).toFixed(1)} MB, made in ${seconds} s\nSHA-256 ${sha256}`);
}
