import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findProgram } from '../paths.mjs';
import { HOST, isFree } from '../port.mjs';
import { run } from '../process.mjs';

/** The usual one; when there is a broker already, one of those behind it. */
const FIRST_PORT = 1883;
/** Not everybody has these in the PATH. */
const MORE_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin', 'C:\\Program Files\\mosquitto'];

/** The port that `MQTT_PORT` in the environment names, or a free one. */
export async function brokerPort() {
  if (process.env.MQTT_PORT) return Number(process.env.MQTT_PORT);
  let port = FIRST_PORT;
  while (!(await isFree(port))) port += 1;
  return port;
}

/**
 * A broker for this computer only: Mosquitto where it is installed, else one of JavaScript.
 * @param {{ port: number, folder: string, withMosquitto: boolean }} options
 * @returns {Promise<{ name: string, ended: Promise<number> }>} which one, and its end, which is none of its own
 */
export async function startBroker({ port, folder, withMosquitto }) {
  const mosquitto = withMosquitto ? mosquittoFile() : undefined;
  if (mosquitto) return { name: 'Mosquitto', ended: run(mosquitto, ['-c', configuration(port, folder)]) };
  const { Aedes } = await import('aedes');
  const broker = await Aedes.createBroker();
  const server = createServer((socket) => {
    // Else each answer waits for the acknowledgement of what was sent before it.
    socket.setNoDelay(true);
    broker.handle(socket);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      resolve(undefined);
    });
  });
  return { name: 'aedes', ended: new Promise(() => undefined) };
}

function mosquittoFile() {
  const name = process.platform === 'win32' ? 'mosquitto.exe' : 'mosquitto';
  return findProgram('mosquitto') ?? MORE_FOLDERS.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/**
 * @param {number} port
 * @param {string} folder
 */
function configuration(port, folder) {
  const file = join(folder, 'mosquitto.conf');
  const lines = [
    // Started by root it would otherwise become another user, who cannot read this file.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    `listener ${port} ${HOST}`,
    'allow_anonymous true',
    'set_tcp_nodelay true',
    'log_dest stderr',
    'log_type error',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
