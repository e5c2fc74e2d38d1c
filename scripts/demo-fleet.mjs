// Ten simulated desks, a broker, and Node-RED with a wallboard, from a fresh clone on:  npm run demo:fleet
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brokerPort, startBroker } from './lib/fleet-demo/broker.mjs';
import { agentFile, DESKS } from './lib/fleet-demo/desks.mjs';
import { openOffice } from './lib/fleet-demo/office.mjs';
import { BOARD, prepareWallboard } from './lib/fleet-demo/wallboard.mjs';
import { installFromLock } from './lib/install.mjs';
import { runNodeRed, wantedPort } from './lib/own-node-red.mjs';
import { ROOT } from './lib/paths.mjs';
import { HOST } from './lib/port.mjs';
import { run } from './lib/process.mjs';

const { values } = parseArgs({
  options: {
    /** When dist/ is up to date. */
    'no-build': { type: 'boolean', default: false },
    /** Also where Mosquitto is installed. */
    aedes: { type: 'boolean', default: false },
    /** For Node-RED and all else that is written. */
    folder: { type: 'string', default: join(ROOT, '.node-red/fleet') },
  },
});

/**
 * @param {string} url
 * @param {string} broker
 */
const welcome = (url, broker) => `
  ${DESKS.length} desks have calls by themselves; the broker is ${broker}.

  The wallboard:  ${url}${BOARD}
  Its flow:       ${url}

  Ctrl+C ends all of it.
`;

process.exit(await main().catch(fail));

async function main() {
  const port = await wantedPort('npm run demo:fleet');
  await installFromLock();
  if (!values['no-build'] && (await run(process.execPath, ['scripts/build.mjs'])) !== 0)
    return fail('The build failed: see above.');
  const mqttPort = await brokerPort();
  const { folder } = values;
  prepareWallboard(folder, mqttPort);
  const broker = await startBroker({ port: mqttPort, folder, withMosquitto: !values.aedes });
  const url = `mqtt://${HOST}:${mqttPort}`;
  const agent = runAgent(url, folder);
  await openOffice(url);
  const nodeRed = runNodeRed(folder, port, (served) => {
    console.log(welcome(served, `${broker.name} at ${url}`));
  });
  return Promise.race([nodeRed, agent, broker.ended]);
}

/**
 * The agent as people run it, with phones on the simulator.
 * @param {string} url
 * @param {string} folder
 */
function runAgent(url, folder) {
  const config = join(folder, 'agent.json');
  writeFileSync(config, JSON.stringify(agentFile(url), null, 2));
  // What it keeps is none of what the user's own agent has.
  const env = { ...process.env, HOME: folder, USERPROFILE: folder };
  return run(process.execPath, [join(ROOT, 'dist/bin/microsip-agent.js'), '--config', config, '--log-level', 'error'], {
    env,
  });
}

/** @param {unknown} reason */
function fail(reason) {
  console.error(reason instanceof Error ? reason.message : reason);
  return 1;
}
