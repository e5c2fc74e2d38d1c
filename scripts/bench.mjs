// Benchmarks, ratios measured in one run:  npm run bench
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { installFromLock } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { inLane } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { whyNoStandIn, buildStandIns } from './lib/stand-in.mjs';
import { missingForWine, withWine } from './lib/wine.mjs';

await installFromLock();
process.exitCode = await run(process.execPath, ['scripts/build.mjs']);
await part('the log', () => run(process.execPath, ['--expose-gc', '--require', 'tsx/cjs', 'bench/log-follower.ts']));
await part('loading', () => run(process.execPath, ['--require', 'tsx/cjs', 'bench/loading.ts']));
await part('the directory', () => run(process.execPath, ['--require', 'tsx/cjs', 'bench/contacts-directory.ts']));
const why = whyNoWindows();
if (why) console.log(`skipped: commands and calls of the real window: ${why}`);
else if (process.exitCode === 0) await withLock(inLane('windows.lock'), windowsParts);

/**
 * Other work on the machine makes everything slower, so what there was of it stands beside the figures.
 * @param {string} name
 * @param {() => Promise<number>} measure
 */
async function part(name, measure) {
  if (process.exitCode !== 0) return;
  const load = () => loadavg()[0]?.toFixed(1);
  const before = load();
  process.exitCode = await measure();
  // Windows counts none.
  if (process.platform !== 'win32') console.log(`  load while measuring ${name}: ${before} to ${load()}`);
}

function whyNoWindows() {
  if (process.platform === 'win32') return whyNoStandIn();
  if (process.platform !== 'linux' || process.arch !== 'x64') return `neither Windows nor Linux on x64`;
  const missing = missingForWine();
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : whyNoStandIn();
}

async function windowsParts() {
  const { installWindowsSide, compileWindowsSpecs, PACKAGE, SIDE } = await import('./lib/windows-side.mjs');
  const { runWindowsNode, windowsPath } = await import('./lib/windows-node.mjs');
  await installWindowsSide();
  const [command, call] = await compileWindowsSpecs(['bench/command-cost.ts', 'bench/incoming-call.ts']);
  const standIn = (await buildStandIns()).get('3.22.16');
  if (command === undefined || call === undefined || standIn === undefined)
    throw new Error('Nothing to measure was built.');
  /** @param {NodeJS.ProcessEnv} env */
  const measure = async (env) => {
    const all = {
      ...env,
      STANDIN_EXE_3_22_16: windowsPath(standIn),
      MICROSIP_PACKAGE: windowsPath(join(PACKAGE, 'dist')),
    };
    /** @param {string} script */
    const start = (script) => runWindowsNode([windowsPath(script)], { cwd: SIDE, env: all });
    await part('a command', () => start(command));
    await part('a call', () => start(call));
  };
  await (process.platform === 'win32' ? measure(process.env) : withWine(measure));
}
