// What the nodes add to the start of Node-RED: started in turns with them and without them, each time as a new process.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from './statistics';

const ROOT = resolve(__dirname, '..');
const ROUNDS = 11;

/** Prints how long (ms) Node-RED took until its flows ran, and how many of our nodes it then had. */
const START = `
  const { createServer } = require('node:http');
  const begin = performance.now();
  const RED = require('node-red');
  RED.init(createServer(), {
    httpAdminRoot: '/', userDir: process.argv[1], nodesDir: process.argv[2] ? [process.argv[2]] : [],
    externalModules: { palette: { denyList: ['@flowfuse/*'] } },
    logging: { console: { level: 'off' } }, telemetry: { enabled: false, updateNotification: false },
  });
  RED.start().then(() => {
    const time = performance.now() - begin;
    const ours = RED.runtime.nodes.getNodeList({}).then((all) => all.filter(({ module }) => /microsip/.test(module)).length);
    ours.then((count) => { console.log(JSON.stringify({ time, count })); process.exit(); });
  });`;
/** Prints how long (ms) the scripts of all nodes take to load, without Node-RED, and how much there is of them. */
const REQUIRE = `
  const { statSync } = require('node:fs');
  const begin = performance.now();
  for (const file of process.argv.slice(1)) require(file);
  const time = performance.now() - begin;
  const files = Object.keys(require.cache);
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  console.log(JSON.stringify({ time, files: files.length, bytes }));`;

const node = (script: string, ...args: string[]): string =>
  execFileSync(process.execPath, ['-e', script, ...args], { cwd: ROOT, encoding: 'utf8' });

const times = { with: [] as number[], without: [] as number[], added: [] as number[], scripts: [] as number[] };
let loaded = { files: 0, bytes: 0 };
const scripts = readdirSync(join(ROOT, 'dist/nodes'))
  .filter((file) => file.endsWith('.js'))
  .map((file) => join(ROOT, 'dist/nodes', file));
for (let round = 0; round < ROUNDS; round++) {
  for (const [which, folder] of [
    ['with', ROOT],
    ['without', ''],
  ] as const) {
    const userDir = mkdtempSync(join(tmpdir(), 'microsip-bench-'));
    const { time, count } = JSON.parse(node(START, userDir, folder)) as { time: number; count: number };
    rmSync(userDir, { recursive: true, force: true });
    if (count > 0 !== (which === 'with')) throw new Error(`Node-RED ${which} our nodes has ${count} of them`);
    times[which].push(time);
  }
  times.added.push((times.with.at(-1) ?? NaN) - (times.without.at(-1) ?? NaN));
  const { time, ...sizes } = JSON.parse(node(REQUIRE, ...scripts)) as { time: number; files: number; bytes: number };
  times.scripts.push(time);
  loaded = sizes;
}
const [added, without] = [median(times.added), median(times.without)];
console.log(
  `Loading the ${scripts.length} nodes: Node-RED starts in ${without.toFixed(0)} ms without them, ` +
    `${added.toFixed(0)} ms later with them = ${(added / without + 1).toFixed(3)} × (wanted: less than 50 ms more); ` +
    `their scripts alone load in ${median(times.scripts).toFixed(1)} ms (wanted: less than 20): ` +
    `${loaded.files} files, ${(loaded.bytes / 1024).toFixed(0)} KB. Medians of ${ROUNDS} pairs.`,
);
