import type { PluginBuild } from 'esbuild';
import { defineConfig } from 'tsup';

const PHONE_WORKER = 'src/win32/thread/phone-worker.ts';

/** It looks for the texts from where it lies itself. */
const catalogApart = {
  name: 'catalog apart',
  setup(build: PluginBuild) {
    build.onResolve({ filter: /\/catalog$/ }, () => ({ path: '../../catalog', external: true }));
  },
};

export default defineConfig([
  {
    name: 'runtime',
    entry: ['nodes/*.ts', '!nodes/*.editor.ts', 'bin/*.ts', 'src/**/*.ts', '!src/editor/**', `!${PHONE_WORKER}`],
    outDir: 'dist',
    format: ['cjs'],
    target: 'node20',
    // One module instance per file, so that registries and `instanceof` hold across nodes.
    bundle: false,
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
    name: 'editor',
    entry: ['nodes/*.editor.ts'],
    outDir: 'build/editor',
    format: ['iife'],
    platform: 'browser',
    target: 'es2020',
    silent: true,
  },
]);
