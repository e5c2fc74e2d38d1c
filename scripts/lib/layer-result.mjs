import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * What a layer came to. A layer that crashed, that ran nothing, or whose tests all passed but whose process ended with
 * an error (coverage below the gate, for one) has a failure more than its tests tell.
 * @param {string} resultFile
 * @param {number} exitCode
 * @returns {Counts & { note?: string }}
 */
export function layerResult(resultFile, exitCode) {
  if (!existsSync(resultFile)) return { passed: 0, failed: 1, skipped: 0, note: 'did not come to its end' };
  const counts = /** @type {{ passes: number, failures: number, pending: number }} */ (
    JSON.parse(readFileSync(resultFile, 'utf8'))
  );
  const { passes: passed, failures: failed, pending: skipped } = counts;
  if (passed + failed + skipped === 0) return { passed, failed: 1, skipped, note: 'ran no test' };
  if (failed === 0 && exitCode !== 0) return { passed, failed: 1, skipped, note: `ended with exit code ${exitCode}` };
  return { passed, failed, skipped };
}

/** @param {Counts[]} results */
export function sum(results) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of results) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** @param {Counts} counts */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
