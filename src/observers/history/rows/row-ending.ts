import type { CallEnding, Disposition } from '../../../phone/calls/call';
import { disposition } from '../../../phone/calls/call-outcome';
import { statusOfPhrase } from '../../../phone/calls/sip-phrase';
import { rowDirection, type HistoryRow } from './history-row';

/** SIP status by the English text that MicroSIP writes in place of the reason phrase (docs/microsip/3.22.16.md#3). */
const STATUS_OF_INFO: Record<string, number> = {
  'incorrect dialing or non-existent number': 404,
  canceled: 487,
  'unsupported codecs, encryption methods, or other media parameters': 488,
};
const SERVER_ERROR = /^server (?:error \(|failure: )(5\d\d)\b/;

const OTHER_TEXTS = ['call ended', 'missed call', 'answered elsewhere'];

/** MicroSIP's own English text, or a usual reason phrase. */
export function isEndText(info: string): boolean {
  return statusOf(info) !== undefined || OTHER_TEXTS.includes(normal(info));
}

/** Somebody talked. What lasted less than half a second counts as not answered: MicroSIP rounds it to nothing. */
export function wasAnswered({ type, duration }: HistoryRow): boolean {
  return type < 2 && duration > 0;
}

/** How the call ended, as far as the row tells; everything in it is concluded from texts. */
export function rowEnding(row: HistoryRow): CallEnding {
  if (row.type === 3) return { elsewhere: true };
  if (wasAnswered(row)) return {};
  if (wasDeclined(row)) return { endedBy: 'local' };
  const sipStatus = statusOf(row.info);
  const endedBy = endedHere(row, sipStatus) ? 'local' : endedThere(row, sipStatus) ? 'remote' : undefined;
  return {
    ...(endedBy && { endedBy }),
    ...(sipStatus !== undefined && { sipStatus, sipReason: row.info }),
  };
}

/** What became of the call, in one word. */
export function rowDisposition(row: HistoryRow): Disposition {
  if (wasAnswered(row)) return 'answered';
  if (row.type === 3) return 'answered_elsewhere';
  if (row.type === 0) return disposition({ direction: rowDirection(row) }, rowEnding(row));
  // "Busy Here" stands for calls that MicroSIP refused without ringing: those are missed.
  const status = statusOf(row.info);
  if (status === 302) return 'forwarded';
  return wasDeclined(row) || status === 603 ? 'rejected' : 'missed';
}

/** Refused here by hand, with 486 or 603: the text does not tell which. `/hangupincoming` leaves the phrase of its 603. */
function wasDeclined(row: HistoryRow): boolean {
  return rowDirection(row) === 'inbound' && isText(row, 'declined');
}

/** The caller gave up. A CANCEL with a reason of its own leaves that reason's text, which may be anything. */
function endedThere(row: HistoryRow, sipStatus: number | undefined): boolean {
  return rowDirection(row) === 'inbound' && sipStatus === 487;
}

/**
 * `Call Ended` without a duration is what MicroSIP leaves when it is closed while a call is being dialled; in all other
 * cases it corrects the text at once.
 */
function endedHere(row: HistoryRow, sipStatus: number | undefined): boolean {
  if (row.type === 0) return sipStatus === 487 || isText(row, 'call ended');
  // Nobody but us can have refused with 603, or sent on, what came in.
  return sipStatus === 603 || sipStatus === 302;
}

function isText({ info }: HistoryRow, text: string): boolean {
  return normal(info) === text;
}

function statusOf(info: string): number | undefined {
  const text = normal(info);
  const server = SERVER_ERROR.exec(text);
  if (server) return Number(server[1]);
  return Object.hasOwn(STATUS_OF_INFO, text) ? STATUS_OF_INFO[text] : statusOfPhrase(text);
}

function normal(info: string): string {
  return info.trim().toLowerCase().replace(/\.$/, '');
}
