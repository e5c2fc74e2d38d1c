// All tests, from a fresh clone on:  npm test [-- --layer unit,nodes]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installFromLock } from './lib/install.mjs';
import { layerResult } from './lib/layer-result.mjs';
import { period } from './lib/period.mjs';
import { chooseLayers } from './lib/layers.mjs';
import { nodeForNodeRed5 } from './lib/node-22.mjs';
import { beforeDeath, run } from './lib/process.mjs';
import { specsIn } from './lib/specs.mjs';
import { summary } from './lib/summary.mjs';

/** Layers under Wine at a time: they wait for it and for times to pass. */
const UNDER_WINE = 3;
/** Other layers at a time. With more of all these, what they do takes longer than the tests wait for it. */
const SIDE_BY_SIDE = 2;
/** Of all that is not under Wine, as of `os.setPriority`: Wine, which waits most of the time, takes longest. */
const LOW_PRIORITY = 3;
/** Takes only what all others leave. */
const LOWEST_PRIORITY = 19;

/**
 * @typedef {import('./lib/layers.mjs').Layer} Layer
 * @typedef {import('./lib/node-22.mjs').Node5} Node5
 * @typedef {import('./lib/summary.mjs').Result} Result
 */

const { values } = parseArgs({ options: { layer: { type: 'string', multiple: true, default: [] } } });
const layers = chosenLayers();
const folder = mkdtempSync(join(tmpdir(), 'microsip-test-'));
const cleanUp = () => {
  rmSync(folder, { recursive: true, force: true });
};
const forget = beforeDeath(cleanUp);

const began = Date.now();
const results = await prepare().then(runLayers, (/** @type {unknown} */ error) => {
  const note = messageOf(error);
  console.error(note);
  return [{ name: 'preparation', passed: 0, failed: 1, skipped: 0, note }];
});
for (const line of summary(results)) console.log(line);
if (results.some(({ failed }) => failed > 0)) process.exitCode = 1;
forget();
cleanUp();

function chosenLayers() {
  try {
    return chooseLayers(values.layer.flatMap((names) => names.split(',')).filter((name) => name !== ''));
  } catch (error) {
    console.error(messageOf(error));
    process.exit(1);
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

async function prepare() {
  await installFromLock();
  const [code, node5] = await Promise.all([run(process.execPath, ['scripts/build.mjs']), nodeForNodeRed5()]);
  if (code !== 0) throw new Error(`The build failed (exit code ${code})`);
  return node5;
}

/** @param {Node5} node5 */
async function runLayers(node5) {
  /** @type {Result[]} */
  const done = [];
  /** @param {Layer[][]} queues one after the other */
  const runThrough = async (...queues) => {
    for (const queue of queues) for (let layer; (layer = queue.shift());) done.push(await runLayer(layer, node5));
  };
  const filling = runThrough(layers.filter(({ fills }) => fills));
  const together = layers.filter(({ alone, light, fills }) => !alone && !light && !fills);
  const windows = together.filter(({ group, late }) => group === 'windows' || late);
  const others = together.filter((layer) => !windows.includes(layer));
  // On Windows itself they would see each other's windows.
  const windowsLanes = process.platform === 'win32' ? 1 : UNDER_WINE;
  const lanes = [
    // What Wine leaves idle at its end is for the others.
    ...Array.from({ length: windowsLanes }, () => [windows, others]),
    ...Array.from({ length: SIDE_BY_SIDE }, () => [others]),
  ];
  await Promise.all(lanes.map((queues) => runThrough(...queues)));
  const light = layers.filter((layer) => layer.light);
  await Promise.all(
    [layers.filter(({ alone }) => alone), ...light.map((layer) => [layer])].map((queue) => runThrough(queue)),
  );
  await filling;
  return done;
}

/**
 * Layers run at the same time: the output of each is kept until it has ended.
 * @param {Layer} layer
 * @param {Node5} node5
 * @returns {Promise<Result>}
 */
async function runLayer(layer, node5) {
  const { name } = layer;
  const why = layer.why?.({ node5 });
  if (why) {
    const line = `skipped: ${name}: ${why}`;
    console.log(`\n── ${name}\n${line}`);
    return { name, passed: 0, failed: 0, skipped: 1, output: line };
  }
  let output = '';
  /** @param {string} text */
  const write = (text) => {
    output += text;
  };
  const resultFile = join(folder, `${name}.json`);
  const started = Date.now();
  const env = { ...process.env, TEST_LAYER: name, TEST_RESULT: resultFile, ...environmentFor(node5) };
  const priority = priorityOf(layer);
  const specs = layer.folders.flatMap(specsIn);
  const exitCode = await layer.run({ specs, write, env, priority, resultFile, node5 });
  const result = layerResult(resultFile, exitCode);
  const when = period(began, started, Date.now());
  console.log(`\n── ${name} (${when})\n${output}`);
  return { name, ...result, output, when };
}

/** @param {Layer} layer */
function priorityOf({ group, fills }) {
  if (fills) return LOWEST_PRIORITY;
  return group === 'windows' ? undefined : LOW_PRIORITY;
}

/** @param {Node5} node5 */
function environmentFor({ path, why }) {
  return path ? { NODE_FOR_NODE_RED_5: path } : { NO_NODE_FOR_NODE_RED_5: why };
}
