// Node-RED with these nodes and the demo flow, from a fresh clone on:  npm start
import { prepareUserDir } from './lib/demo-user-dir.mjs';
import { installFromLock } from './lib/install.mjs';
import { runNodeRed, wantedPort } from './lib/own-node-red.mjs';
import { run } from './lib/process.mjs';

/**
 * Node-RED names the address too, but not what to do there.
 * @param {string} url
 */
const welcome = (url) => `
  Node-RED is running:  ${url}

  Open it in a browser. The first tab is a demo on a simulated phone: click the square button at the left of a
  node, such as "a call comes in", and watch the states below the nodes and the debug panel (the bug at the right).
  Ctrl+C ends it.
`;

process.exit(await main().catch(fail));

async function main() {
  const port = await wantedPort('npm start');
  await installFromLock();
  const built = await run(process.execPath, ['scripts/build.mjs']);
  if (built !== 0) return fail('The build failed: see above.');
  return runNodeRed(prepareUserDir(), port, (url) => {
    console.log(welcome(url));
  });
}

/** @param {unknown} reason */
function fail(reason) {
  console.error(reason instanceof Error ? reason.message : reason);
  return 1;
}
