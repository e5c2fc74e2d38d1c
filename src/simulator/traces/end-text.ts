import type { Ending } from '../calls/simulated-call';

/** The English `info` that MicroSIP's history gets for the end of a call (docs/microsip/3.22.16.md#3). */
export function endText({ sipStatus, sipReason, elsewhere, declined, cancelReason }: Ending): string {
  if (sipStatus === 200) return CALL_ENDED;
  if (elsewhere) return 'Answered Elsewhere';
  if (declined) return 'Declined';
  if (sipStatus === 487) return cancelReason ?? 'Canceled';
  if (sipStatus === 404) return 'Incorrect dialing or non-existent number.';
  if (sipStatus === 488) return 'Unsupported codecs, encryption methods, or other media parameters.';
  if (sipStatus >= 500 && sipStatus < 600) return `Server error (${sipStatus}). ${sipReason}`;
  return sipReason;
}

/** What stands there from our hang-up until SIP has told of the end. */
export const CALL_ENDED = 'Call Ended';
