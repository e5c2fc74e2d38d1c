/** UTF-16 units. What is looked at is bounded, too: what somebody hides behind thousands of control characters stays hidden. */
export const LONGEST_TEXT = 255;
const LOOKED_AT = 16;
/** UTF-16 units of a path: much more than Windows programs take. */
const LONGEST_PATH = 1024;

const LINE_ENDS = /[\t-\r\u0085\u2028\u2029]+/g;
/**
 * Nobody sees these, and programs fall for them: control characters, marks that turn the direction of writing, blanks
 * without width, halves of characters, and code points that are none.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]/gu;
/** Letters that nobody sees, but in the flags of England, Scotland and Wales. */
const STRAY_TAGS = /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]*)[\u{E0000}-\u{E007F}]/gu;
/** These join emoji and the letters of some scripts. Anywhere else they make two texts that look alike differ. */
const STRAY_JOINERS = /(?<![^\0-\x7f\u200C\u200D])[\u200C\u200D]|[\u200C\u200D](?![^\0-\x7f\u200C\u200D])/gu;

/**
 * What may go on of a text that somebody out there chose: a caller, his telephone company, a server. One line that shows
 * all it holds, in any script, with emoji and combining marks.
 * @returns undefined when nothing is left
 */
export function shownText(text: string | undefined, longest = LONGEST_TEXT): string | undefined {
  if (text === undefined) return undefined;
  const seen = text
    .slice(0, LOOKED_AT * longest)
    .replace(LINE_ENDS, ' ')
    .replace(INVISIBLE, '')
    .replace(STRAY_TAGS, '')
    .trim();
  const shown = cut(seen, longest).replace(STRAY_JOINERS, '').trim();
  return shown === '' ? undefined : shown;
}

/** The path of a file, whole or not at all: one that is changed names another file. */
export function shownPath(path: string | undefined): string | undefined {
  return shownText(path, LONGEST_PATH) === path ? path : undefined;
}

/** Never within a character. */
function cut(text: string, longest: number): string {
  const last = text.charCodeAt(longest - 1);
  const isHalf = text.length > longest && last >= 0xd800 && last < 0xdc00;
  return text.slice(0, isHalf ? longest - 1 : longest);
}
