import type { PluginBuild } from 'esbuild';
import { defineConfig, type Options } from 'tsup';
import { withLazyImports } from './scripts/lib/lazy-imports';

const LAZY = /[\\/]dist[\\/](?:nodes|plugins|src[\\/]node-red)[\\/].*\.js$/;
const PHONE_WORKER = 'src/win32/thread/phone-worker.ts';

/** It looks for the texts from where it lies itself. */
const catalogApart = {
  name: 'catalog apart',
  setup(build: PluginBuild) {
    build.onResolve({ filter: /\/catalog$/ }, () => ({ path: '../../catalog', external: true }));
  },
};

type Plugin = NonNullable<Options['plugins']>[number];

/** Node-RED loads the script of every node at its start, also of those that no flow uses. */
const lazyNodes: Plugin = {
  name: 'lazy nodes',
  renderChunk(code, { path, map = null }) {
    // Line for line the same, so the map still holds.
    return LAZY.test(path) ? { code: withLazyImports(code), map } : undefined;
  },
};

export default defineConfig([
  {
    name: 'runtime',
    entry: [
      'nodes/*.ts',
      'plugins/*.ts',
      '!{nodes,plugins}/*.editor.ts',
      'bin/*.ts',
      'src/**/*.ts',
      '!src/editor/**',
      `!${PHONE_WORKER}`,
    ],
    outDir: 'dist',
    format: ['cjs'],
    target: 'node20',
    // One module instance per file, so that registries and `instanceof` hold across nodes.
    bundle: false,
    plugins: [lazyNodes],
    sourcemap: true,
    silent: true,
  },
  {
    name: 'thread of a phone',
    // Every phone starts a thread of its own, and half of that time went into finding its files one by one.
    entry: [PHONE_WORKER],
    esbuildPlugins: [catalogApart],
    outDir: 'dist/src/win32/thread',
    format: ['cjs'],
    target: 'node20',
    sourcemap: true,
    silent: true,
  },
  {
    name: 'sidebar of the editor',
    entry: ['plugins/*.editor.ts'],
    outDir: 'build/editor',
    format: ['iife'],
    platform: 'browser',
    target: 'es2020',
    silent: true,
  },
  {
    name: 'editor',
    entry: ['nodes/*.editor.ts'],
    outDir: 'build/editor',
    format: ['iife'],
    platform: 'browser',
    target: 'es2020',
    silent: true,
  },
]);
