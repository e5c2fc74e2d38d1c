import type { Voicemail } from '../../../phone/voicemail';
import type { SipMessage } from './sip-message';

const TYPE = 'application/simple-message-summary';
/** RFC 3842, section 5.2: message counts are unsigned numbers of 32 bits. */
const MOST_MESSAGES = 0xffff_ffff;
const COUNTS =
  /^[ \t]*voice-message[ \t]*:[ \t]*(\d+)[ \t]*\/[ \t]*(\d+)[ \t]*(?:\([ \t]*(\d+)[ \t]*\/[ \t]*(\d+)[ \t]*\))?[ \t]*$/i;
const ACCOUNT = /^[ \t]*message-account[ \t]*:[ \t]*(\S+)[ \t]*$/i;

/**
 * What a NOTIFY says of the mailbox (RFC 3842). Whether there is mail is read by MicroSIP's own rule
 * (docs/microsip/further.md, part E): a content type in exactly these letters or none, of the body the first
 * `Messages-Waiting`, and without one there is no mail. The counts, which MicroSIP does not look at, by the RFC.
 * @returns undefined for one that MicroSIP ignores
 */
export function messageSummary({ headers, body, whole }: SipMessage): Voicemail | undefined {
  const type = headers.get('content-type')?.[0];
  if (type !== undefined && mediaType(type) !== TYPE) return undefined;
  if (body === '') return undefined;
  const waiting = firstValue(body, 'messages-waiting');
  // What is cut off may have said it.
  if (waiting === undefined && !whole) return undefined;
  const lines = body.replace(/(?:\r\n|\n|\r)[ \t]+/g, ' ').split(/\r\n|\n|\r/);
  // The last line may be half of one.
  if (!whole) lines.pop();
  const account = firstMatch(lines, ACCOUNT)?.[1];
  return {
    waiting: waiting?.toLowerCase() === 'yes',
    ...countsOf(firstMatch(lines, COUNTS)),
    ...(account !== undefined && { account }),
  };
}

/** Of the content type without its parameters. */
function mediaType(value: string): string {
  const [type = '', subtype = ''] = (value.split(';', 1)[0] ?? '').split('/');
  return `${type.trim()}/${subtype.trim()}`;
}

/** As MicroSIP reads it: a name reaches from the end of the value before to the next colon, over lines without one. */
function firstValue(body: string, wanted: string): string | undefined {
  const entry = /([^:]*):([^\r\n]*)/y;
  for (let found = entry.exec(body); found; found = entry.exec(body)) {
    if ((found[1] ?? '').trim().toLowerCase() === wanted) return (found[2] ?? '').trim();
  }
  return undefined;
}

function firstMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match) return match;
  }
  return undefined;
}

function countsOf(match: RegExpExecArray | undefined): Partial<Voicemail> {
  if (!match) return {};
  const [fresh, old, urgentFresh, urgentOld] = match.slice(1).map(countOf);
  return {
    ...(fresh !== undefined && { new: fresh }),
    ...(old !== undefined && { old }),
    ...(urgentFresh !== undefined && { urgentNew: urgentFresh }),
    ...(urgentOld !== undefined && { urgentOld }),
  };
}

function countOf(digits: string | undefined): number | undefined {
  const count = Number(digits ?? NaN);
  return count <= MOST_MESSAGES ? count : undefined;
}
