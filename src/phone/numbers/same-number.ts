import type { ToE164 } from './e164';

/** Whether two texts are the same telephone number or name. */
export type SameNumber = (one: string, other: string) => boolean;

/** As in dial targets. */
const SEPARATORS = /[ ().\-/]/g;
/** What may stand before a number to get an outside line: `0`, `9,`, `*31#`. */
const NUMBER_WITH_PREFIX = /^[0-9*#,]+$/;
/** Shorter ends of numbers are the same by chance, … */
const TELLING_DIGITS = 7;
/** … but hardly those of calls that went the same way at the same moment. */
const TELLING_AT_ONCE = 4;

/**
 * Whether two texts, such as a dialled and a displayed one, mean the same telephone or user: the same text (in any case,
 * numbers without separators), the same number in international form, or one with a dialling prefix that the other lacks.
 * Where only one has a host (`user@host`), it does not count. Never throws.
 * @param e164 gives the international form of what is a telephone number
 * @param atOnce of two calls of the same direction that began within seconds
 */
export function sameNumber(a: string, b: string, e164: ToE164, atOnce = false): boolean {
  const [one, two] = comparable(a, b);
  if (one === two) return true;
  const international = e164(one);
  if (international !== undefined && international === e164(two)) return true;
  const telling = atOnce ? TELLING_AT_ONCE : TELLING_DIGITS;
  return isEndOf(one, two, telling) || isEndOf(two, one, telling);
}

function comparable(a: string, b: string): [string, string] {
  const bothHaveHosts = a.includes('@') && b.includes('@');
  const plain = (text: string): string => {
    const called = (bothHaveHosts ? text : (text.split('@', 1)[0] ?? '')).trim().toLowerCase();
    const digits = called.replace(SEPARATORS, '');
    // In a name, a dot or a hyphen tells one from another.
    return /^\+?[0-9*#,]+$/.test(digits) ? digits : called;
  };
  return [plain(a), plain(b)];
}

function isEndOf(end: string, whole: string, telling: number): boolean {
  const digits = end.replace(/^\+/, '');
  const dialled = whole.replace(/^\+/, '');
  return (
    digits.length >= telling && /^\d+$/.test(digits) && NUMBER_WITH_PREFIX.test(dialled) && dialled.endsWith(digits)
  );
}
