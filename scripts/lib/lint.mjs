import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failedLine } from './failed-line.cjs';
import { ROOT } from './paths.mjs';
import { run } from './process.mjs';

/** @type {{ name: string, args: [script: string, ...rest: string[]] }[]} */
const CHECKS = [
  { name: 'eslint', args: ['eslint/bin/eslint.js', '.'] },
  { name: 'prettier', args: ['prettier/bin/prettier.cjs', '--check', '.'] },
  { name: 'types', args: ['typescript/bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'types of what runs in browsers', args: ['vue-tsc/bin/vue-tsc.js', '-p', 'tsconfig.editor.json'] },
];

/**
 * Every check counts as one test.
 * @param {import('./layers.mjs').LayerOptions} options
 */
export async function runChecks({ write, env, priority, resultFile }) {
  const counts = { passes: 0, failures: 0, pending: 0 };
  for (const { name, args } of CHECKS) {
    const [script, ...rest] = args;
    let said = '';
    /** @param {string} text */
    const writeAndKeep = (text) => {
      write(text);
      said += text;
    };
    const options = { write: writeAndKeep, env, priority };
    const code = await run(process.execPath, [join(ROOT, 'node_modules', script), ...rest], options);
    write(code === 0 ? `✔ ${name}\n` : `\n${failedLine(name, said)}\n`);
    counts[code === 0 ? 'passes' : 'failures'] += 1;
  }
  writeFileSync(resultFile, JSON.stringify(counts));
  return counts.failures > 0 ? 1 : 0;
}
