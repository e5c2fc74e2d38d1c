import { runChecks } from './lint.mjs';
import { runMocha } from './mocha-layer.mjs';
import { run } from './process.mjs';
import { specsIn } from './specs.mjs';
import { whyNo32Bit, with32Bit } from './wine-32.mjs';

const MINUTE = 60_000;

/** Ends what hangs, for every layer. They share the processors of a machine that may be slow: twice what the longest one takes. */
const LIMIT_MS = 15 * MINUTE;

/** What the unit tests have to reach, in percent of the lines. Raise it when it is well exceeded, never lower it. */
const LINES = 93;

/** What is run a second time, against a 32-bit program. */
const FOR_32_BITS = ['bitness', 'window-contract'].map((name) => `test/windows/both-bits/${name}.spec.ts`);

/** What other layers reach: Windows calls, Node-RED, the editor. */
const NOT_FOR_UNIT_TESTS = 'src/{win32,node-red,editor}/**';

/**
 * The layers of `npm test`, the slowest first: they run side by side, before those that want to be alone.
 * `run(options)` takes `write`, `env`, `resultFile` and gives an exit code; `node5` is the Node.js for Node-RED 5.
 */
export const LAYERS = [
  {
    name: 'windows-window',
    group: 'windows',
    // It measures times, and Wine is slow enough without company.
    alone: true,
    run: (options) => runWindows(options, windowsSpecs('window')),
  },
  {
    name: 'windows-sources',
    group: 'windows',
    run: (options) => runWindows(options, [...windowsSpecs('sources'), ...specsIn('test/contract')], 'sources', 1),
  },
  {
    name: 'windows-interfaces',
    group: 'windows',
    run: (options) => runWindows(options, windowsSpecs('interfaces'), 'interfaces', 0),
  },
  {
    name: 'windows-programs',
    group: 'windows',
    run: (options) => runWindows(options, windowsSpecs('programs'), 'programs', 1),
  },
  {
    name: 'windows-32',
    group: 'windows',
    // The official MicroSIP is a 32-bit program.
    why: whyNo32Bit,
    run: (options) => runWindows(options, FOR_32_BITS, 'bits-32', 0, 32),
  },
  {
    name: 'browser',
    run: (options) => runMocha({ ...options, specs: specsIn('test/browser'), timeoutMs: LIMIT_MS }),
  },
  {
    name: 'unit',
    run: (options) =>
      runMocha({
        ...options,
        specs: [...specsIn('test/unit'), ...specsIn('test/contract')],
        timeoutMs: LIMIT_MS,
        coverage: ['--all', '--include=src/**/*.ts', `--exclude=${NOT_FOR_UNIT_TESTS}`, `--lines=${LINES}`],
      }),
  },
  { name: 'lint', run: runChecks },
  {
    name: 'packed',
    run: (options) => runMocha({ ...options, specs: specsIn('test/packed'), timeoutMs: LIMIT_MS }),
  },
  {
    name: 'nodes-4.1',
    group: 'nodes',
    run: (options) => runNodes(options, process.execPath, 'node-red'),
  },
  {
    name: 'nodes-5',
    group: 'nodes',
    why: ({ node5 }) => node5.why,
    run: (options) => runNodes(options, options.node5.path, 'node-red-5'),
  },
  {
    name: 'unit-sqlite',
    group: 'unit',
    // What the unit tests skip on a Node.js without SQLite.
    why: ({ node5 }) => node5.why,
    run: (options) =>
      runMocha({
        ...options,
        node: options.node5.path,
        specs: [...specsIn('test/unit/observers/history'), ...specsIn('test/unit/simulator/traces')],
        timeoutMs: LIMIT_MS,
      }),
  },
  {
    name: 'sip',
    run: (options) => runMocha({ ...options, specs: specsIn('test/sip'), timeoutMs: LIMIT_MS }),
  },
  {
    name: 'package',
    run: (options) => runMocha({ ...options, specs: specsIn('test/package'), timeoutMs: LIMIT_MS }),
  },
];

/** @throws Error for a name that is no layer */
export function chooseLayers(names) {
  if (names.length === 0) return LAYERS;
  const known = new Set(LAYERS.flatMap(({ name, group }) => [name, group ?? name]));
  const wrong = names.filter((name) => !known.has(name));
  if (wrong.length > 0) throw new Error(`No such layer: ${wrong.join(', ')}. There are: ${[...known].join(', ')}`);
  return LAYERS.filter(({ name, group }) => names.includes(name) || names.includes(group));
}

/**
 * @param layer `sources`: what MicroSIP writes and runs; `programs`: what starts its program, and hostile values;
 * `interfaces`: the ways to give it commands; `window`: all others
 */
function windowsSpecs(layer) {
  const layerOf = (spec) => {
    if (/(all-sources|history|hooks|log|log-contract)\.spec\.ts$/.test(spec)) return 'sources';
    if (/(doctor|documented|fuzz|program|program-contract)\.spec\.ts$/.test(spec)) return 'programs';
    return /(dde|documented|leaks|notification|contract)[a-z-]*\.spec\.ts$/.test(spec) ? 'interfaces' : 'window';
  };
  return specsIn('test/windows').filter((spec) => layerOf(spec) === layer);
}

/**
 * @param lane layers that run at the same time have different ones
 * @param processor the one that it shares with others; without it, all of them
 * @param bits of the stand-in
 */
function runWindows({ write, env }, specs, lane = 'main', processor = '', bits = 64) {
  const own = { WINDOWS_LANE: lane, WINDOWS_PROCESSOR: String(processor), WINDOWS_BITS: String(bits) };
  const options = { write, env: { ...env, ...own }, timeoutMs: LIMIT_MS };
  const script = [process.execPath, ['scripts/test-windows.mjs', '--no-build', ...specs]];
  return run(...(bits === 32 ? with32Bit(...script) : script), options);
}

function runNodes(options, node, nodeRed) {
  const env = { ...options.env, NODE_RED_PKG: nodeRed };
  return runMocha({ ...options, env, node, specs: specsIn('test/nodes'), timeoutMs: LIMIT_MS });
}
