import type { Call, CallEnding, Disposition } from './call';
import { Q850_CAUSES } from './q850-causes';

interface Cause {
  name: string;
  code: number;
}

/** `ORIGINATOR_CANCEL` is no cause of Q.850: it has the number of its status. */
const ORIGINATOR_CANCEL: Cause = { name: 'ORIGINATOR_CANCEL', code: 487 };
const UNSPECIFIED = 31;
const TEMPORARY_FAILURE = 41;

/** Code of the Q.850 cause that a status stands for. */
const CAUSE_OF_STATUS: Record<number, number> = {
  200: 16,
  403: 21,
  404: 1,
  408: 102,
  480: 18,
  484: 28,
  486: 17,
  488: 88,
  504: 102,
  600: 17,
  603: 21,
  604: 1,
};

const OUTBOUND_DISPOSITION: Record<number, Disposition> = {
  403: 'rejected',
  408: 'no_answer',
  480: 'no_answer',
  486: 'busy',
  600: 'busy',
  603: 'rejected',
};

/** The Q.850 name and code of a SIP end status; undefined when the status is not known. */
export function hangupCause(sipStatus: number | undefined, q850Cause?: number): Cause | undefined {
  if (q850Cause !== undefined) return named(q850Cause);
  if (sipStatus === undefined) return undefined;
  if (sipStatus === 487) return ORIGINATOR_CANCEL;
  const serverFailed = sipStatus >= 500 && sipStatus < 600;
  return named(CAUSE_OF_STATUS[sipStatus] ?? (serverFailed ? TEMPORARY_FAILURE : UNSPECIFIED));
}

/** Q.850 has a receiver treat a code without a meaning as unspecified; the code itself is still told. */
function named(code: number): Cause {
  return { name: Q850_CAUSES[code] ?? 'NORMAL_UNSPECIFIED', code };
}

/** What became of a call, in one word. Without a status from the SIP side this is the likeliest word. */
export function disposition(call: Pick<Call, 'direction' | 'answerTime'>, ending: CallEnding): Disposition {
  if (call.answerTime !== undefined) return 'answered';
  const { sipStatus, endedBy } = ending;
  if (call.direction === 'inbound') {
    if (ending.elsewhere) return 'answered_elsewhere';
    if (sipStatus === 302) return 'forwarded';
    return endedBy === 'local' ? 'rejected' : 'missed';
  }
  if (endedBy === 'local' && (sipStatus === undefined || sipStatus === 487)) return 'cancelled';
  return (sipStatus === undefined ? undefined : OUTBOUND_DISPOSITION[sipStatus]) ?? 'failed';
}

/**
 * The call as it stands when it is over.
 * @param endTime ms since 1970; never before what happened to the call earlier
 */
export function completed(call: Call, ending: CallEnding, endTime: number): Call {
  const { sipStatus, sipReason, q850Cause, endedBy = 'unknown' } = ending;
  const cause = hangupCause(sipStatus, q850Cause);
  const over: Call = {
    ...call,
    callState: 'ended',
    endTime: Math.max(call.answerTime ?? call.startTime, endTime),
    endedBy,
    disposition: disposition(call, ending),
    ...(sipStatus !== undefined && { sipStatus }),
    ...(sipReason !== undefined && { sipReason }),
    ...(cause && { hangupCause: cause.name, hangupCauseCode: cause.code }),
  };
  delete over.heldBy;
  return over;
}
