// Benchmarks, ratios measured in one run:  npm run bench
import { installFromLock } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { inLane } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { whyNoStandIn, buildStandIns } from './lib/stand-in.mjs';
import { missingForWine, withWine } from './lib/wine.mjs';

await installFromLock();
process.exitCode = await run(process.execPath, ['scripts/build.mjs']);
if (process.exitCode === 0) {
  process.exitCode = await run(process.execPath, ['--expose-gc', '--require', 'tsx/cjs', 'bench/log-follower.ts']);
}
if (process.exitCode === 0) {
  process.exitCode = await run(process.execPath, ['--require', 'tsx/cjs', 'bench/loading.ts']);
}
const why = whyNoWindows();
if (why) console.log(`skipped: command cost on the real window: ${why}`);
else if (process.exitCode === 0) process.exitCode = await withLock(inLane('windows.lock'), commandCost);

function whyNoWindows() {
  if (process.platform === 'win32') return whyNoStandIn();
  if (process.platform !== 'linux' || process.arch !== 'x64') return `neither Windows nor Linux on x64`;
  const missing = missingForWine();
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : whyNoStandIn();
}

async function commandCost() {
  const { installWindowsSide, compileWindowsSpecs, SIDE } = await import('./lib/windows-side.mjs');
  const { runWindowsNode, windowsPath } = await import('./lib/windows-node.mjs');
  await installWindowsSide();
  const [script] = await compileWindowsSpecs(['bench/command-cost.ts']);
  const standIn = (await buildStandIns()).get('3.22.16');
  if (!script || !standIn) throw new Error('Nothing to measure was built.');
  /** @param {NodeJS.ProcessEnv} env */
  const measure = (env) =>
    runWindowsNode([windowsPath(script)], { cwd: SIDE, env: { ...env, STANDIN_EXE_3_22_16: windowsPath(standIn) } });
  return process.platform === 'win32' ? measure(process.env) : withWine(measure);
}
