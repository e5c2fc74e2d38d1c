import type { Direction } from '../../phone/calls/call';
import { shownText } from '../../phone/texts/shown-text';

/** Neither a name nor a path of Windows has these, nor does MicroSIP write any in the name of a recording. */
const FORBIDDEN = '\\\\/?%*:|"<>. \\u0000-\\u001f\\u007f';
const NAME = new RegExp(`^(\\d{8}-\\d{6})-([^${FORBIDDEN}]*)\\.(mp3|wav)$`, 'i');
/** Between the other party and the account. */
const BORDER = /(?:^|-)(?:incoming|outgoing)-/i;
const REPLACED = /[/\\?%*:|"<>. ]/g;

const WORDS: Record<Direction, string> = { inbound: 'incoming', outbound: 'outgoing' };

/** Longest name of a file, in UTF-16 units; NTFS has no longer ones. */
const LONGEST_NAME = 255;

/** What the name of a recording tells (docs/microsip/further.md, part C). */
export interface RecordingName {
  /** Local time at which recording started, `YYYYMMDD-HHMMSS`. */
  stamp: string;
  /** Who was recorded, which way they called, on which account; the other party may have chosen what looks like a border. */
  rest: string;
}

/**
 * @returns undefined for a name that MicroSIP gives no recording, whatever a caller calls himself, and for one with
 * characters that nobody sees
 */
export function recordingName(name: string): RecordingName | undefined {
  if (name.length > LONGEST_NAME || shownText(name) !== name) return undefined;
  const [, stamp, rest] = NAME.exec(name) ?? [];
  if (stamp === undefined || rest === undefined || !BORDER.test(rest)) return undefined;
  return momentsOf(stamp).length > 0 ? { stamp, rest } : undefined;
}

/** MicroSIP's name for a recording. @param user of the remote address; empty for an address without one */
export function recordingNameOf(
  started: number,
  user: string,
  direction: Direction,
  account: string,
  format: 'mp3' | 'wav',
): string {
  return `${stampOf(started)}-${inName(user)}-${WORDS[direction]}-${inName(account)}.${format}`;
}

/** The other party of a call; a number may be shown otherwise than it stands in the address. */
export interface RecordedParty {
  number?: string | undefined;
  uri?: string | undefined;
}

/**
 * Whether it may be the recording of a call with this party, whose user part the name begins with. Somebody may call
 * himself `200-incoming-1001`, and is not 200.
 */
export function isOfParty({ rest }: RecordingName, { number, uri }: RecordedParty, direction?: Direction): boolean {
  const [, user] = /^sips?:(?:([^@]*)@)?/i.exec(uri ?? '') ?? [];
  const isBareHost = uri !== undefined && user === undefined;
  const users = isBareHost ? [''] : [number, user].filter((one) => one !== undefined);
  const words = direction === undefined ? Object.values(WORDS) : [WORDS[direction]];
  const whole = rest.toLowerCase();
  return users.some((one) =>
    words.some((word) => {
      const start = `${inName(one)}-${word}-`.toLowerCase();
      return whole.startsWith(start) && !BORDER.test(whole.slice(start.length));
    }),
  );
}

/**
 * When that may have been, in ms since 1970: the hour that comes twice a year has two moments, the one that is left out
 * and a date that does not exist have none.
 */
export function momentsOf(stamp: string): number[] {
  const numbers = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(stamp)?.slice(1).map(Number);
  if (!numbers) return [];
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = numbers;
  const moment = new Date(year, month - 1, day, hours, minutes, seconds).getTime();
  const hour = 3_600_000;
  return [moment - hour, moment, moment + hour].filter((one) => stampOf(one) === stamp);
}

/** With which the names of recordings begin that were begun on the day of a moment, ms since 1970: `YYYYMMDD`. */
export function dayOf(time: number): string {
  return stampOf(time).slice(0, 8);
}

function stampOf(time: number): string {
  const at = new Date(time);
  const two = (part: number): string => String(part).padStart(2, '0');
  const date = `${String(at.getFullYear()).padStart(4, '0')}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  return `${date}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}

function inName(text: string): string {
  return text.replace(REPLACED, '_');
}
