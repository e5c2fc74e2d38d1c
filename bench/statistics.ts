export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** @param share 0..1 */
export function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
}
