import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** @typedef {import('./layers.mjs').LayerOptions} LayerOptions */

/**
 * Runs the two halves of a layer side by side. Mocha could do so itself, but ends its processes, and so hides what a spec
 * has left running.
 * @param {LayerOptions} options
 * @param {(half: LayerOptions) => number | Promise<number>} run gives an exit code
 * @returns the exit code of a half that failed
 */
export async function inHalves(options, run) {
  const halves = [0, 1].map((half) => halfOf(options, half));
  const codes = await Promise.all(halves.map(async ({ given }) => run(given)));
  for (const { said } of halves) options.write(said());
  // A half that crashed has no counts, and then the layer has none.
  const counts = halves.map(({ given }) => given.resultFile).filter(existsSync);
  if (counts.length === halves.length) writeFileSync(options.resultFile, JSON.stringify(sumOf(counts)));
  return codes.find((code) => code !== 0) ?? 0;
}

/**
 * @param {LayerOptions} options
 * @param {number} half
 */
function halfOf(options, half) {
  let output = '';
  const resultFile = `${options.resultFile}.${half}`;
  /** @type {LayerOptions} */
  const given = {
    ...options,
    // Every second one: what belongs together has neighbouring names, and takes about as long.
    specs: options.specs.filter((_, index) => index % 2 === half),
    env: { ...options.env, TEST_RESULT: resultFile },
    resultFile,
    write: (text) => {
      output += text;
    },
  };
  return { given, said: () => output };
}

/** @param {string[]} files */
function sumOf(files) {
  const sum = { passes: 0, failures: 0, pending: 0 };
  for (const file of files) {
    const counts = /** @type {typeof sum} */ (JSON.parse(readFileSync(file, 'utf8')));
    sum.passes += counts.passes;
    sum.failures += counts.failures;
    sum.pending += counts.pending;
  }
  return sum;
}
