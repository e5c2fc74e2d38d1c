import type { Call, CallEnding, Disposition } from './call';

interface Cause {
  name: string;
  code: number;
}

const NORMAL_CLEARING: Cause = { name: 'NORMAL_CLEARING', code: 16 };
const UNSPECIFIED: Cause = { name: 'NORMAL_UNSPECIFIED', code: 31 };
const TEMPORARY_FAILURE: Cause = { name: 'NORMAL_TEMPORARY_FAILURE', code: 41 };

const CAUSE_OF_STATUS: Record<number, Cause> = {
  200: NORMAL_CLEARING,
  403: { name: 'CALL_REJECTED', code: 21 },
  404: { name: 'UNALLOCATED_NUMBER', code: 1 },
  408: { name: 'RECOVERY_ON_TIMER_EXPIRE', code: 102 },
  480: { name: 'NO_USER_RESPONSE', code: 18 },
  484: { name: 'INVALID_NUMBER_FORMAT', code: 28 },
  486: { name: 'USER_BUSY', code: 17 },
  487: { name: 'ORIGINATOR_CANCEL', code: 487 },
  488: { name: 'INCOMPATIBLE_DESTINATION', code: 88 },
  504: { name: 'RECOVERY_ON_TIMER_EXPIRE', code: 102 },
  600: { name: 'USER_BUSY', code: 17 },
  603: { name: 'CALL_REJECTED', code: 21 },
  604: { name: 'UNALLOCATED_NUMBER', code: 1 },
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
  if (q850Cause !== undefined) {
    const named = Object.values(CAUSE_OF_STATUS).find((cause) => cause.code === q850Cause);
    return { name: named?.name ?? UNSPECIFIED.name, code: q850Cause };
  }
  if (sipStatus === undefined) return undefined;
  const known = CAUSE_OF_STATUS[sipStatus];
  if (known) return known;
  return sipStatus >= 500 && sipStatus < 600 ? TEMPORARY_FAILURE : UNSPECIFIED;
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
