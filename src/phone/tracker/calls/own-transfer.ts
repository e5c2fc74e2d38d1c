import type { TrackedCall } from './tracked-call';

/** MicroSIP leaves the call when the other side has taken the transfer (ms): at once, or when the target answers. */
const TAKEN_WITHIN = 30_000;

/**
 * Where the call that ends now went by our transfer, if nobody who would have seen that saw the call: the log and the
 * simulator tell what becomes of a transfer, the others only that the call is over.
 * @returns the user part of the target
 */
export function concludedTransfer(tracked: TrackedCall, now: number): string | undefined {
  const { transfer, call, seenBy } = tracked;
  if (!transfer || call.transferredTo !== undefined || call.answerTime === undefined) return undefined;
  if (now - transfer.since > TAKEN_WITHIN || tracked.wasHungUp(now)) return undefined;
  if (seenBy.has('log') || seenBy.has('simulator')) return undefined;
  return transfer.target.split('@', 1)[0];
}
