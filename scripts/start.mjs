// Node-RED with these nodes and the demo flow, from a fresh clone on:  npm start
import { join } from 'node:path';
import { prepareUserDir } from './lib/demo-user-dir.mjs';
import { installFromLock } from './lib/install.mjs';
import { runsNodeRed5 } from './lib/node-22.mjs';
import { ROOT } from './lib/paths.mjs';
import { HOST, isFree, untilServed } from './lib/port.mjs';
import { run } from './lib/process.mjs';

const port = Number(process.env.PORT || 1880);
const url = `http://${HOST}:${port}`;

// Node-RED names the address too, but not what to do there.
const WELCOME = `
  Node-RED is running:  ${url}

  Open it in a browser. The first tab is a demo on a simulated phone: click the square button at the left of a
  node, such as "a call comes in", and watch the states below the nodes and the debug panel (the bug at the right).
  Ctrl+C ends it.
`;

process.exit(await main().catch(fail));

async function main() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return fail(`PORT is not a port number: ${process.env.PORT}`);
  if (!(await isFree(port))) {
    return fail(
      `Port ${port} is in use, maybe by another Node-RED. End that program, or choose another port:\n` +
        `  Linux, macOS:        PORT=1881 npm start\n` +
        `  Windows PowerShell:  $env:PORT=1881; npm start`,
    );
  }
  await installFromLock();
  const built = await run(process.execPath, ['scripts/build.mjs']);
  if (built !== 0) return fail('The build failed: see above.');
  return startNodeRed();
}

async function startNodeRed() {
  const nodeRed = runsNodeRed5() ? 'node-red-5' : 'node-red';
  const args = [
    join(ROOT, 'node_modules', nodeRed, 'red.js'),
    ...['--settings', join(ROOT, 'scripts/lib/node-red-settings.cjs')],
    ...['--userDir', prepareUserDir()],
  ];
  const ended = run(process.execPath, args, { env: { ...process.env, PORT: String(port) } });
  void untilServed(url).then(() => {
    console.log(WELCOME);
  });
  return ended;
}

/** @param {unknown} reason */
function fail(reason) {
  console.error(reason instanceof Error ? reason.message : reason);
  return 1;
}
