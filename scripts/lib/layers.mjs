import { runChecks } from './lint.mjs';
import { inHalves } from './halves.mjs';
import { runMocha } from './mocha-layer.mjs';
import { run } from './process.mjs';
import { whyNo32Bit, with32Bit } from './wine-32.mjs';

const MINUTE = 60_000;

/** Ends what hangs, for every layer. They share the processors of a machine that may be slow: twice what the longest one takes. */
const LIMIT_MS = 15 * MINUTE;

/** What the unit tests have to reach, in percent of the lines. Raise it when it is well exceeded, never lower it. */
const LINES = 93;

/** What other layers reach: Windows calls, Node-RED, the editor, and what does nothing without a broker. */
const NOT_FOR_UNIT_TESTS = 'src/{win32,node-red,editor,agent/connection,agent/phones,agent/check,fleet/broker}/**';

/**
 * @typedef {import('./node-22.mjs').Node5} Node5
 *
 * @typedef {object} LayerOptions
 * @property {string[]} specs what is in the folders of the layer
 * @property {(text: string) => void} write takes the output
 * @property {NodeJS.ProcessEnv} env
 * @property {number | undefined} priority as of `os.setPriority`
 * @property {string} resultFile for the counts, as JSON
 * @property {Node5} node5 the Node.js for Node-RED 5
 *
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} [group] another name, for several
 * @property {boolean} [alone] runs when all others have ended
 * @property {boolean} [fills] it looks at no times: takes what all others leave of the processors, from the beginning on
 * @property {boolean} [late] it looks at times that are short for a crowded machine: runs when the first of the Windows lanes is through
 * @property {boolean} [light] it needs little of the processors, but that at once: runs beside those that are alone otherwise
 * @property {string[]} folders all specs in them and below are run, and no others
 * @property {(given: { node5: Node5 }) => string | undefined} [why] it cannot run here
 * @property {(options: LayerOptions) => number | Promise<number>} run gives an exit code
 */

/**
 * The layers of `npm test`, the slowest first: they run side by side, before those that want to be alone.
 * @type {Layer[]}
 */
export const LAYERS = [
  {
    name: 'windows-timing',
    group: 'windows',
    // It measures times, and Wine is slow enough without much company.
    alone: true,
    folders: ['test/windows/timing'],
    run: (options) => runWindows(options),
  },
  // Lanes that run side by side: each has about as much to do as the others, the last two together.
  {
    name: 'windows-sources',
    group: 'windows',
    folders: ['test/windows/sources'],
    run: (options) => runWindows(options, 'sources', 1),
  },
  {
    name: 'windows-interfaces',
    group: 'windows',
    folders: ['test/windows/interfaces', 'test/windows/both-bits'],
    run: (options) => runWindows(options, 'interfaces', 0),
  },
  {
    name: 'windows-programs',
    group: 'windows',
    folders: ['test/windows/programs', 'test/windows/real'],
    run: (options) => runWindows(options, 'programs', 1),
  },
  {
    name: 'windows-32',
    group: 'windows',
    // The official MicroSIP is a 32-bit program.
    folders: ['test/windows/both-bits'],
    why: whyNo32Bit,
    run: (options) => runWindows(options, 'bits-32', 0, 32),
  },
  {
    name: 'windows-window',
    group: 'windows',
    folders: ['test/windows/window'],
    run: (options) => runWindows(options, 'window', 0),
  },
  {
    name: 'browser',
    folders: ['test/browser'],
    run: (options) => inHalves(options, (half) => runSpecs(half)),
  },
  {
    name: 'unit',
    folders: ['test/unit', 'test/contract'],
    run: (options) =>
      runSpecs(options, {
        coverage: ['--all', '--include=src/**/*.ts', `--exclude=${NOT_FOR_UNIT_TESTS}`, `--lines=${LINES}`],
      }),
  },
  { name: 'lint', fills: true, folders: [], run: runChecks },
  {
    name: 'packed',
    folders: ['test/packed'],
    run: (options) => runSpecs(options),
  },
  {
    name: 'nodes-4.1',
    group: 'nodes',
    light: true,
    folders: ['test/nodes'],
    run: (options) => runNodes(options, process.execPath, 'node-red'),
  },
  {
    name: 'nodes-5',
    group: 'nodes',
    light: true,
    folders: ['test/nodes'],
    why: ({ node5 }) => node5.why,
    run: (options) => runNodes(options, options.node5.path, 'node-red-5'),
  },
  {
    name: 'unit-sqlite',
    group: 'unit',
    late: true,
    // What the unit tests skip on a Node.js without SQLite.
    folders: ['test/unit/observers/history', 'test/unit/simulator/traces'],
    why: ({ node5 }) => node5.why,
    run: (options) => runSpecs(options, { node: options.node5.path }),
  },
  {
    name: 'fleet-agents',
    group: 'fleet',
    light: true,
    folders: ['test/fleet/agent', 'test/fleet/program', 'test/fleet/home-assistant'],
    run: (options) => runSpecs(options),
  },
  {
    name: 'fleet-readers',
    group: 'fleet',
    light: true,
    folders: ['test/fleet/readers', 'test/fleet/broker', 'test/fleet/security'],
    run: (options) => runSpecs(options),
  },
  {
    name: 'fleet-faults',
    group: 'fleet',
    light: true,
    folders: ['test/fleet/faults'],
    run: (options) => runSpecs(options),
  },
  {
    name: 'sip',
    folders: ['test/sip'],
    run: (options) => runSpecs(options),
  },
  {
    name: 'package',
    folders: ['test/package'],
    run: (options) => runSpecs(options),
  },
];

/**
 * @param {string[]} names
 * @throws Error for a name that is no layer
 */
export function chooseLayers(names) {
  if (names.length === 0) return LAYERS;
  const known = new Set(LAYERS.flatMap(({ name, group }) => [name, group ?? name]));
  const wrong = names.filter((name) => !known.has(name));
  if (wrong.length > 0) throw new Error(`No such layer: ${wrong.join(', ')}. There are: ${[...known].join(', ')}`);
  return LAYERS.filter(({ name, group }) => names.includes(name) || (group !== undefined && names.includes(group)));
}

/**
 * @param {LayerOptions} options
 * @param {Partial<import('./mocha-layer.mjs').MochaOptions>} [own]
 */
function runSpecs({ specs, write, env, priority }, own) {
  return runMocha({ specs, write, env, priority, timeoutMs: LIMIT_MS, ...own });
}

/**
 * @param {LayerOptions} options
 * @param {string | undefined} node
 * @param {string} nodeRed
 */
function runNodes(options, node, nodeRed) {
  // They wait most of the time, for calls to take theirs.
  return inHalves(options, (half) => runSpecs(half, { node, env: { ...half.env, NODE_RED_PKG: nodeRed } }));
}

/**
 * @param {LayerOptions} options
 * @param {string} lane layers that run at the same time have different ones
 * @param {number | ''} processor the one that it shares with others; without it, all of them
 * @param {32 | 64} bits of the stand-in
 */
function runWindows({ specs, write, env }, lane = 'main', processor = '', bits = 64) {
  const own = { WINDOWS_LANE: lane, WINDOWS_PROCESSOR: String(processor), WINDOWS_BITS: String(bits) };
  const options = { write, env: { ...env, ...own }, timeoutMs: LIMIT_MS };
  const args = ['scripts/test-windows.mjs', '--no-build', ...specs];
  const [program, all] = bits === 32 ? with32Bit(process.execPath, args) : [process.execPath, args];
  return run(program, all, options);
}
