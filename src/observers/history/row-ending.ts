import type { CallEnding, Disposition } from '../../phone/call';
import { disposition } from '../../phone/call-outcome';
import { printable, rowDirection, type HistoryRow } from './history-row';

/**
 * SIP status by the English text that MicroSIP writes for it (3.22.16 document, section 3; interface document, section 6)
 * or by the usual reason phrase. In another language, and behind servers with phrases of their own, nothing is found.
 */
const STATUS_OF_INFO: Record<string, number> = {
  'moved temporarily': 302,
  forbidden: 403,
  'not found': 404,
  'incorrect dialing or non-existent number': 404,
  'request timeout': 408,
  gone: 410,
  'temporarily unavailable': 480,
  'address incomplete': 484,
  'busy here': 486,
  canceled: 487,
  'request terminated': 487,
  'not acceptable here': 488,
  'unsupported codecs, encryption methods, or other media parameters': 488,
  'internal server error': 500,
  'bad gateway': 502,
  'service unavailable': 503,
  'server time-out': 504,
  'busy everywhere': 600,
  decline: 603,
  declined: 603,
  'does not exist anywhere': 604,
};
const SERVER_ERROR = /^server (?:error \(|failure: )(5\d\d)\b/;

/** Somebody talked. What lasted less than half a second counts as not answered: MicroSIP rounds it to nothing. */
export function wasAnswered({ type, duration }: HistoryRow): boolean {
  return type < 2 && duration > 0;
}

/** How the call ended, as far as the row tells; everything in it is concluded from texts. */
export function rowEnding(row: HistoryRow): CallEnding {
  if (row.type === 3) return { elsewhere: true };
  if (wasAnswered(row)) return {};
  const sipStatus = statusOf(row.info);
  return {
    ...(endedHere(row, sipStatus) && { endedBy: 'local' as const }),
    ...(sipStatus !== undefined && { sipStatus, sipReason: printable(row.info) }),
  };
}

/** What became of the call, in one word. */
export function rowDisposition(row: HistoryRow): Disposition {
  if (wasAnswered(row)) return 'answered';
  if (row.type === 3) return 'answered_elsewhere';
  if (row.type === 0) return disposition({ direction: rowDirection(row) }, rowEnding(row));
  // "Busy Here" stands for our refusal, but also for calls that MicroSIP refused without ringing: those are missed.
  return statusOf(row.info) === 603 ? 'rejected' : 'missed';
}

/**
 * `Call Ended` without a duration is what MicroSIP leaves when it is closed while a call is being dialled; in all other
 * cases it corrects the text at once.
 */
function endedHere(row: HistoryRow, sipStatus: number | undefined): boolean {
  if (row.type === 0) return sipStatus === 487 || isText(row, 'call ended');
  // Nobody but us can have refused with 603 what came in.
  return sipStatus === 603;
}

function isText({ info }: HistoryRow, text: string): boolean {
  return normal(info) === text;
}

function statusOf(info: string): number | undefined {
  const text = normal(info);
  const server = SERVER_ERROR.exec(text);
  return server ? Number(server[1]) : STATUS_OF_INFO[text];
}

function normal(info: string): string {
  return info.trim().toLowerCase().replace(/\.$/, '');
}
