/** Milliseconds by a clock that is never set; the same in all threads of this process. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
