import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import mocha from 'eslint-plugin-mocha';
import { ZONES } from './eslint.layers.mjs';

/** What has types, in TypeScript or in comments. */
const CHECKED = ['**/*.ts', 'scripts/**/*.{mjs,cjs}'];

const BY_CLOCK = 'The phone goes by the `Clock` that it was given.';
const BY_MONOTONIC = 'Somebody may set the clock of the computer: `monotonicMs` goes on evenly.';
/** What says what time it is, as the computer's clock has been set. */
const WALL_CLOCK = [
  'MemberExpression[object.name="Date"][property.name="now"]',
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.name="Date"]',
].map((selector) => ({ selector, message: BY_MONOTONIC }));
const byClock = (name) => ({ name, message: BY_CLOCK });

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'packages/*/dist/**',
      'packages/*/resources/**',
      'build/**',
      'coverage/**',
      '.cache/**',
      '.node-red/**',
      'node_modules/**',
    ],
  },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: CHECKED })),
  {
    files: CHECKED,
    languageOptions: {
      parserOptions: { project: ['tsconfig.json', 'tsconfig.editor.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Node-RED counts a validator's parameters: only with two may it return a reason.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    files: ['src/**/*.ts', 'nodes/**/*.ts', 'plugins/**/*.ts', 'bin/**/*.ts', 'executable/**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: ZONES }],
      'import-x/no-cycle': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'nodes/**/*.ts', 'plugins/**/*.ts', 'bin/**/*.ts'],
    ignores: ['src/win32/**'],
    rules: { 'no-restricted-imports': ['error', { name: 'koffi', message: 'Only src/win32 knows koffi.' }] },
  },
  {
    files: ['src/**/*.ts', 'nodes/**/*.ts', 'plugins/**/*.ts', 'bin/**/*.ts'],
    ignores: [
      'src/clock.ts',
      // Numbers that look like a time of this decade.
      'src/phone/guard/values/time-stamp.ts',
      // The age of a file, and which entries of one are the oldest after a restart.
      'src/observers/history/rows/ini-calls.ts',
      'src/observers/history/last-seen.ts',
      // The name of a backup has the date that people see.
      'src/doctor/doctor.ts',
      // The time that is told of a phone that does not work; the clock would cost the start of Node-RED a millisecond.
      'src/node-red/phones/phone-service.ts',
      // A browser has this one.
      'src/editor/sidebar/running-time.ts',
      // Stands alone, and tells another process when it was started.
      'bin/microsip-hook.ts',
    ],
    rules: {
      'no-restricted-globals': ['error', { name: 'performance', message: BY_MONOTONIC }],
      'no-restricted-syntax': ['error', ...WALL_CLOCK],
    },
  },
  {
    files: ['src/phone/**/*.ts', 'src/simulator/**/*.ts', 'src/observers/**/*.ts'],
    // These wait for sockets, threads and files, which a clock of tests does not move.
    ignores: [
      'src/observers/hooks/hook-receiver.ts',
      'src/observers/history/database/**',
      'src/observers/history/rows/ini-calls.ts',
      'src/observers/history/last-seen.ts',
    ],
    rules: {
      'no-restricted-globals': ['error', ...['performance', 'setTimeout', 'setInterval'].map(byClock)],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: 'timers/promises$|/monotonic-ms$', message: BY_CLOCK }] },
      ],
    },
  },
  {
    files: ['src/phone/tracker/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^node:|/clock$|/monotonic-ms$', message: 'The call tracker is pure.' }] },
      ],
      'no-restricted-globals': ['error', 'Date', 'performance', 'setTimeout', 'setInterval', 'process', 'console'],
    },
  },
  {
    // A type given in a comment, as to what was JSON, is seen by the compiler but not by these.
    files: ['scripts/**/*.{mjs,cjs}'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-return': 'off' },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['test/**/*.ts'],
    plugins: { mocha },
    rules: {
      'mocha/no-exclusive-tests': 'error',
      'mocha/no-pending-tests': 'error',
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
