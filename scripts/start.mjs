// Node-RED with these nodes and the demo flow, from a fresh clone on:  npm start
import { buildForDemo } from './lib/demo/build.mjs';
import { installForDemo } from './lib/demo/install.mjs';
import { stepsOf } from './lib/demo/steps.mjs';
import { prepareUserDir } from './lib/demo/user-dir.mjs';
import { runNodeRed, wantedPort } from './lib/own-node-red.mjs';

/**
 * Node-RED names the address too, but not what to do there.
 * @param {string} url
 */
const welcome = (url) => `
  Node-RED is running:  ${url}

  The phone on the dashboard:  ${url}/dashboard/phone
  Open it beside the editor. In the editor, on the tab "Phone panel", click the square button at the left of
  "somebody calls", then press Answer on the dashboard. The first tab shows the same as a flow.
  Press Ctrl+C to stop it.
`;

let isStopped = false;
process.once('SIGINT', () => {
  isStopped = true;
});

process.exit(await main().catch(fail));

async function main() {
  const port = await wantedPort('npm start');
  const begin = stepsOf(3);
  await installForDemo(begin('Installing packages'));
  await buildForDemo(begin('Building the nodes'));
  begin('Starting Node-RED').done('what it says follows');
  const served = /** @param {string} url */ (url) => {
    console.log(welcome(url));
  };
  return runNodeRed(prepareUserDir(), port, served, { MICROSIP_TOUR: 'once' });
}

/** @param {unknown} reason */
function fail(reason) {
  // Who presses Ctrl+C knows why npm did not come to its end.
  if (isStopped) return 130;
  console.error(reason instanceof Error ? reason.message : reason);
  return 1;
}
