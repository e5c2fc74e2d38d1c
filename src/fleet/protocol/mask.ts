import type { Voicemail } from '../../phone/voicemail';

/** Never dialled by anybody, so that nothing masked can be called back. */
const DOT = '•';
const HIDDEN = DOT.repeat(3);
/** Digits that stay of a number, if it has twice as many at least. */
const KEPT = 3;
/** Two digits are no number yet; what is masked is not masked again. */
const NUMBER = new RegExp(String.raw`(?<![${DOT}\d])\+?\p{Nd}(?:[\s().\-/\u2010-\u2015\u00A0]{0,3}\p{Nd}){2,}`, 'gu');

/** Whatever may hold the number of the other side, as somebody out there wrote it. */
const TEXTS: readonly string[] = ['number', 'name', 'diversion', 'transferredTo', 'sipReason', 'info', 'problemText'];
/** These would be no such values any more without their digits. */
const DROPPED: readonly string[] = ['numberE164', 'uri', 'recording'];

/** A text in which all numbers have lost their first digits: `Ada +49 30 123456` is `Ada •••456`. */
export function maskedText(text: string): string {
  return text.replace(NUMBER, (number) => {
    const digits = [...number.matchAll(/\p{Nd}/gu)].map(([digit]) => digit);
    return HIDDEN + digits.slice(-Math.min(KEPT, Math.floor(digits.length / 2))).join('');
  });
}

/**
 * An event, a state or a call as JSON without whole numbers of other people. What only programs read, such as the Call-ID,
 * and the account of a call, which is our own, stay.
 */
export function maskedJson<T extends object>(json: T): T {
  return Object.fromEntries(
    Object.entries(json)
      .filter(([name]) => !DROPPED.includes(name))
      .map(([name, value]) => [name, maskedValue(name, value as unknown)]),
  ) as T;
}

function maskedValue(name: string, value: unknown): unknown {
  if (name === 'calls' && Array.isArray(value)) return value.map((call: object) => maskedJson(call));
  if (name === 'voicemail' && typeof value === 'object') return maskedVoicemail(value as Voicemail);
  return TEXTS.includes(name) && typeof value === 'string' ? maskedText(value) : value;
}

/** A box may be that of somebody else, whose messages we only look after. */
function maskedVoicemail({ account, ...counts }: Voicemail): Voicemail {
  return { ...counts, ...(account !== undefined && { account: maskedText(account) }) };
}
