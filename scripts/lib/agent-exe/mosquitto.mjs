import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findProgram } from '../paths.mjs';
import { beforeDeath } from '../process.mjs';
import { WORK } from './packages.mjs';

/** Not everybody has this in the PATH. */
const DEBIAN = '/usr/sbin/mosquitto';

/**
 * A Mosquitto for programs that run under Wine, where it cannot be started. It ends with this program.
 * @returns {Promise<string | undefined>} its URL; undefined where there is none
 */
export async function startMosquitto() {
  const program = findProgram('mosquitto') ?? (existsSync(DEBIAN) ? DEBIAN : undefined);
  if (program === undefined) return undefined;
  const port = await freePort();
  const config = join(WORK, 'mosquitto.conf');
  mkdirSync(WORK, { recursive: true });
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
  const child = spawn(program, ['-c', config], { stdio: 'ignore' });
  child.unref();
  beforeDeath(() => child.kill());
  process.once('exit', () => child.kill());
  return `mqtt://127.0.0.1:${port}`;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => {
        resolve(port);
      });
    });
  });
}
