import { isTimeStamp } from '../values/time-stamp';
import { invalidCharacter, invalidNumber, looksLike } from './invalid-number';
import { INVISIBLE } from './written-number';

const MAX_LENGTH = 255;
const WHITE = new RegExp(`[\\s${INVISIBLE}]`, 'u');

/** What programs write where a value is missing, or is none that can be written. */
const PLACEHOLDERS = ['undefined', 'null', 'none', 'nan', 'infinity', 'true', 'false', '[object object]'];
/** A spreadsheet or a program took the number for one to calculate with. */
const DECIMAL = /^[+-]?\d+\.00?$/;
/** With a sign behind the E, or a point: `1234e5` may be the name of a device. */
const EXPONENT = /^[+-]?(?:\d+(?:[.,]\d+)?e[+-]\d+|\d+[.,]\d+e\d+)$/i;

const DECIMAL_DIGIT = /\p{Nd}/u;
/** Their full-width twins stand at a fixed distance from them (U+FF01..U+FF5E). */
const FULL_WIDTH_SIGN = /[＋＊＃（）．／，－]/g;
const FULL_WIDTH_DISTANCE = 0xfee0;

/**
 * The text in untrusted data that may be a target: without white space around it, with digits of all scripts as 0-9.
 * @throws PhoneError `invalid_number` for what is no text or number, is too long, or looks like something else
 */
export function typedText(input: unknown): string {
  if (typeof input === 'number') return numberText(input);
  if (input === undefined || input === null || typeof input === 'boolean') throw looksLike('placeholder', input);
  if (typeof input !== 'string') throw invalidNumber('not_text');
  const text = trimmed(input);
  if (text === '') throw invalidNumber('not_text');
  requireLength(text);
  const plain = text.replace(/[^\0-\x7f]/gu, plainDigit).replace(FULL_WIDTH_SIGN, fullWidthSign);
  refuseLookAlikes(plain);
  return plain;
}

/** @throws PhoneError `invalid_number` */
export function requireLength(text: string): void {
  if (text.length > MAX_LENGTH) throw invalidNumber('too_long');
}

/** Without what cannot be seen at its ends. A pattern for both ends would go over a long text again and again. */
export function trimmed(given: string): string {
  const text = given.trim();
  let end = text.length;
  while (end > 0 && WHITE.test(text.charAt(end - 1))) end -= 1;
  let start = 0;
  while (start < end && WHITE.test(text.charAt(start))) start += 1;
  return text.slice(start, end);
}

/**
 * Asked about whole texts, and about the users in them.
 * @throws PhoneError `invalid_number` for what spreadsheets and programs write in place of a number
 */
export function refuseLookAlikes(text: string): void {
  if (DECIMAL.test(text)) throw looksLike('decimal', text);
  if (EXPONENT.test(text)) throw looksLike('exponent', text);
  refusePlaceholder(text);
}

/** @throws PhoneError `invalid_number` for what programs write where a value is missing */
export function refusePlaceholder(text: string): void {
  if (isPlaceholder(text)) throw looksLike('placeholder', text);
}

export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.includes(text.toLowerCase());
}

function numberText(input: number): string {
  if (!Number.isFinite(input)) throw looksLike('placeholder', input);
  if (input < 0) throw invalidCharacter(String(input), /[0-9]/);
  if (!Number.isSafeInteger(input)) throw looksLike(Number.isInteger(input) ? 'exponent' : 'decimal', input);
  if (isTimeStamp(input)) throw looksLike('timestamp', input);
  return String(input);
}

/** The digits of a script follow each other from its zero on, and where scripts adjoin, each has ten. */
function plainDigit(character: string): string {
  if (!DECIMAL_DIGIT.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  let first = code;
  while (DECIMAL_DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

function fullWidthSign(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_DISTANCE);
}
