/**
 * Which folders of `src` may import which: a folder stands on those behind it, and on none before it. Those of one line do
 * not know each other. docs/architecture.md shows the same as a picture.
 */
export const LAYERS = [
  ['executable'],
  ['nodes', 'plugins', 'bin'],
  ['src/editor'],
  ['src/node-red', 'src/agent'],
  ['src/index.ts'],
  ['src/create-phone.ts'],
  ['src/doctor', 'src/simulator'],
  ['src/links', 'src/observers', 'src/trace', 'src/fleet'],
  ['src/win32'],
  ['src/settings'],
  ['src/documented'],
  ['src/microsip'],
  ['src/files'],
  ['src/messages', 'src/contacts'],
  ['src/phone'],
  ['src/within-time.ts'],
  ['src/clock.ts'],
  ['src/monotonic-ms.ts', 'src/catalog.ts', 'src/serial-queue.ts'],
  ['src/own-files.ts'],
];

/** What each folder must not import, for the rule `no-restricted-paths`. */
export const ZONES = LAYERS.flatMap((layer, index) =>
  layer.map((target) => ({
    target: `./${target}`,
    from: [...LAYERS.slice(0, index).flat(), ...layer.filter((other) => other !== target)].map((path) => `./${path}`),
    message: 'Imports only run down (eslint.layers.mjs, docs/architecture.md).',
  })),
).filter(({ from }) => from.length > 0);
