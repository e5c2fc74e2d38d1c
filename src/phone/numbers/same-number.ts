/** As in dial targets. */
const SEPARATORS = /[ ().\-/]/g;
/** What may stand before a number to get an outside line: `0`, `9,`, `*31#`. */
const NUMBER_WITH_PREFIX = /^[0-9*#,]+$/;
/** Shorter ends of numbers are the same by chance. */
const TELLING_DIGITS = 7;

/**
 * Whether two texts, such as a dialled and a displayed one, mean the same telephone or user: the same text (in any case,
 * numbers without separators), the same number in international form, or one with a dialling prefix that the other lacks.
 * Where only one has a host (`user@host`), it does not count. Never throws.
 * @param e164 gives the international form of what is a telephone number
 */
export function sameNumber(a: string, b: string, e164: (number: string) => string | undefined): boolean {
  const [one, two] = comparable(a, b);
  if (one === two) return true;
  const international = e164(one);
  if (international !== undefined && international === e164(two)) return true;
  return isEndOf(one, two) || isEndOf(two, one);
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

function isEndOf(end: string, whole: string): boolean {
  const digits = end.replace(/^\+/, '');
  const dialled = whole.replace(/^\+/, '');
  return (
    digits.length >= TELLING_DIGITS &&
    /^\d+$/.test(digits) &&
    NUMBER_WITH_PREFIX.test(dialled) &&
    dialled.endsWith(digits)
  );
}
