// The Windows side: specs in Node.js for Windows, natively or under Wine, against the stand-in for MicroSIP.
//   npm run test:windows [-- <spec file>… --no-build <option of mocha>…]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installFromLock } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { CACHE, inLane, ROOT } from './lib/paths.mjs';
import { run } from './lib/process.mjs';
import { specsIn } from './lib/specs.mjs';
import { buildStandIns, whyNoStandIn } from './lib/stand-in.mjs';
import { missingForWine, withWine } from './lib/wine.mjs';

/** @typedef {{ env: Record<string, string>, failed: boolean }} StandIns */

const given = process.argv.slice(2).filter((argument) => argument !== '--no-build');
const specs = given.filter((argument) => argument.endsWith('.spec.ts'));
const mochaOptions = given.filter((argument) => !argument.endsWith('.spec.ts'));

const why = whyNotHere();
if (why) {
  console.log(`skipped: windows: ${why}`);
  if (process.env.TEST_RESULT) writeFileSync(process.env.TEST_RESULT, '{"passes":0,"failures":0,"pending":1}');
} else {
  process.exitCode = await withLock(inLane('windows.lock'), main);
}

function whyNotHere() {
  if (process.platform === 'win32') return undefined;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `neither Windows nor Linux on x64 (${process.platform})`;
  const missing = missingForWine();
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}

async function main() {
  await installFromLock();
  if (!process.argv.includes('--no-build')) {
    const code = await run(process.execPath, ['scripts/build.mjs']);
    if (code !== 0) return code;
  }
  // Not at the top: the packages these need may not have been installed then.
  const { installWindowsSide, compileWindowsSpecs } = await import('./lib/windows-side.mjs');
  const { agentExeFor } = await import('./lib/agent-exe/for-tests.mjs');
  const chosen = specs.length > 0 ? specs : [...specsIn('test/windows'), ...specsIn('test/contract')];
  const [standIns, agentExe] = await Promise.all([standInsOrNone(), agentExeFor(chosen), installWindowsSide()]);
  const files = await compileWindowsSpecs(chosen);
  const made = { ...standIns.env, ...agentExe };
  const code =
    process.platform === 'win32'
      ? await mocha(files, made, process.env)
      : await withWine((env) => mocha(files, made, env));
  return code || (standIns.failed ? 1 : 0);
}

/**
 * A stand-in that does not compile fails the run, but the specs that do without it are run all the same.
 * @returns {Promise<StandIns>}
 */
async function standInsOrNone() {
  const reason = whyNoStandIn();
  if (reason) return { env: { STANDIN_MISSING: reason }, failed: false };
  const { windowsPath } = await import('./lib/windows-node.mjs');
  try {
    const built = await withLock(join(CACHE, 'stand-in.lock'), buildStandIns);
    const entries = [...built].map(([version, file]) => [variableFor(version), windowsPath(file)]);
    return { env: Object.fromEntries(entries), failed: false };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(message);
    return { env: { STANDIN_MISSING: message }, failed: true };
  }
}

/** @param {string} version */
function variableFor(version) {
  return `STANDIN_EXE_${version.replaceAll('.', '_')}`;
}

/**
 * @param {string[]} files
 * @param {Record<string, string>} made where what was made for them is
 * @param {NodeJS.ProcessEnv} env
 */
async function mocha(files, made, env) {
  const { runWindowsNode, windowsPath } = await import('./lib/windows-node.mjs');
  const { PACKAGE, SIDE } = await import('./lib/windows-side.mjs');
  const { TEST_RESULT } = process.env;
  return runWindowsNode(
    [
      '--enable-source-maps',
      windowsPath(join(ROOT, 'node_modules/mocha/bin/mocha.js')),
      '--no-config',
      '--no-package',
      process.stdout.isTTY ? '--color' : '--no-color',
      '--timeout=120000',
      `--reporter=${windowsPath(join(ROOT, 'scripts/lib/mocha-reporter.cjs'))}`,
      ...mochaOptions,
      ...files.map(windowsPath),
    ],
    {
      cwd: SIDE,
      env: {
        ...env,
        ...made,
        TEST_LAYER: 'windows',
        MICROSIP_PACKAGE: windowsPath(join(PACKAGE, 'dist')),
        ...(TEST_RESULT && { TEST_RESULT: windowsPath(TEST_RESULT) }),
      },
    },
  );
}
