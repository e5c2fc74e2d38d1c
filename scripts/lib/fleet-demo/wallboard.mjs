import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { HOST } from '../port.mjs';

const FLOW = join(ROOT, 'examples/Fleet - wallboard on the dashboard.json');
/** Below the address of Node-RED. */
export const BOARD = '/dashboard/wallboard';

/**
 * Makes the user directory of the fleet's demo. What was changed in its flow stays; only the broker is where it is now.
 * @param {string} folder
 * @param {number} port of the broker
 */
export function prepareWallboard(folder, port) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'flows.json');
  const flow = /** @type {{ type: string, [field: string]: unknown }[]} */ (
    JSON.parse(readFileSync(existsSync(file) ? file : FLOW, 'utf8'))
  );
  for (const node of flow)
    if (node.type === 'mqtt-broker') {
      node.broker = HOST;
      node.port = String(port);
    }
  writeFileSync(file, JSON.stringify(flow, null, 4));
}
