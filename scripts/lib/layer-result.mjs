import { existsSync, readFileSync } from 'node:fs';

/**
 * What a layer came to. A layer that crashed, that ran nothing, or whose tests all passed but whose process ended with
 * an error (coverage below the gate, for one) has a failure more than its tests tell.
 */
export function layerResult(resultFile, exitCode) {
  if (!existsSync(resultFile)) return { passed: 0, failed: 1, skipped: 0, note: 'did not come to its end' };
  const { passes: passed, failures: failed, pending: skipped } = JSON.parse(readFileSync(resultFile, 'utf8'));
  if (passed + failed + skipped === 0) return { passed, failed: 1, skipped, note: 'ran no test' };
  if (failed === 0 && exitCode !== 0) return { passed, failed: 1, skipped, note: `ended with exit code ${exitCode}` };
  return { passed, failed, skipped };
}

export function sum(results) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) for (const key of Object.keys(total)) total[key] += result[key];
  return total;
}

export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
