import { defineConfig } from 'tsup';

export default defineConfig([
  {
    name: 'runtime',
    entry: ['nodes/*.ts', '!nodes/*.editor.ts', 'bin/*.ts', 'src/**/*.ts', '!src/editor/**'],
    outDir: 'dist',
    format: ['cjs'],
    target: 'node20',
    // One module instance per file, so that registries and `instanceof` hold across nodes.
    bundle: false,
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
