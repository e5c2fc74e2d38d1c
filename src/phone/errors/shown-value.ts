const LONGEST = 100;
/** These would break the line that the sentence stands in, or turn its direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A value of any kind as a sentence can name it: short, and without running what a stranger's object brings along. */
export function shownValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  if (typeof value === 'function') return 'function';
  const text = String(value)
    .slice(0, LONGEST + 1)
    .replace(INVISIBLE, codes);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** As JSON escapes them. */
function codes(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((code) => `\\u${code.toString(16).padStart(4, '0')}`)
    .join('');
}
