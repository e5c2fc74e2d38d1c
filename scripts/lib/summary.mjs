import { countsLine, sum } from './layer-result.mjs';

const LAST_LINES = 10;

/** @typedef {import('./layer-result.mjs').Counts & { name: string, note?: string, output?: string, when?: string }} Result `when`: began and ended */

/**
 * What stands at the end of all output. What failed comes last before the figures: whoever sees only the last page has
 * to find it there.
 * @param {Result[]} results
 */
export function summary(results) {
  const skipped = results.flatMap(({ name, output }) => underName(name, countEach(linesOf(output, 'skipped'))));
  const failed = results.flatMap((result) => underName(result.name, failuresOf(result)));
  const figures = results.map(
    ({ name, note, when, ...counts }) =>
      `${name}: ${countsLine(counts)}${note ? ` (${note})` : ''}${when ? ` (${when})` : ''}`,
  );
  return [
    ...underHeading('skipped', skipped),
    ...underHeading('failed', failed),
    ...underHeading('summary', figures),
    countsLine(sum(results)),
  ];
}

/**
 * The failed tests. When the layer failed without one, or also beside them, why, and what it said last.
 * @param {Result} result
 */
function failuresOf({ failed, note, output }) {
  if (failed === 0) return [];
  const tests = linesOf(output, 'failed');
  if (tests.length > 0 && !note) return tests;
  const lastWords = (output ?? '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-LAST_LINES);
  return [...tests, `failed: ${note ?? 'no test says why'}`, ...lastWords.map((line) => `  | ${line}`)];
}

/**
 * @param {string | undefined} output
 * @param {'skipped' | 'failed'} kind
 */
function linesOf(output = '', kind) {
  return output.split(/\r?\n/).filter((line) => line.startsWith(`${kind}: `));
}

/** @param {string[]} lines */
function countEach(lines) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return [...times].map(([line, count]) => (count > 1 ? `${line} (${count} times)` : line));
}

/**
 * @param {string} name
 * @param {string[]} lines
 */
function underName(name, lines) {
  return lines.length > 0 ? [name, ...lines.map((line) => `  ${line}`)] : [];
}

/**
 * @param {string} heading
 * @param {string[]} lines
 */
function underHeading(heading, lines) {
  return lines.length > 0 ? ['', `── ${heading}`, ...lines] : [];
}
