import type { Version } from '../../../microsip/microsip-protocol';
import { shownText } from '../../../phone/texts/shown-text';
import { isDialledText } from '../../../microsip/dialled-name';
import type { ShownParty } from './party';

const DASH = ' \u2013 ';
const PHONE_NUMBER = /^\+?[\d*#]+$/;
const NOT_IN_NUMBER = /[\s<>"]/;

/**
 * The number box of the dialer page in single-call mode: the number, since 3.22.16 also `name – number`, with a blank
 * behind it (docs/microsip/3.22.16.md#5). The name may hold dashes too, so the last one separates. The box may also
 * hold whatever somebody is typing: what cannot be a number gives none.
 */
export function numberBoxParty(text: string): ShownParty {
  const { name, number } = split(text);
  return number === undefined || !isNumber(number) ? {} : named(name, number);
}

/**
 * The title of the messages window: the name up to 3.22.3, `name – number` or just the number in 3.22.16. The title of an
 * older version does not tell whether it is a name, unless it is nothing but digits.
 */
export function titleParty(title: string, version: Version): ShownParty {
  const { name, number } = split(title);
  if (number === undefined) return {};
  if (name !== undefined && isNumber(number)) return named(name, number);
  const whole = title.trim();
  return PHONE_NUMBER.test(whole) || (showsNumber(version) && isNumber(whole)) ? { number: whole } : { label: whole };
}

function named(name: string | undefined, number: string): ShownParty {
  return name === undefined || isDialledText(name, number) ? { number } : { name, number };
}

/** A single word that could stand in an address, whatever is hidden in it. */
export function isNumber(text: string): boolean {
  const shown = shownText(text);
  return shown !== undefined && !NOT_IN_NUMBER.test(shown);
}

function showsNumber([major = 0, minor = 0, patch = 0]: readonly number[] = []): boolean {
  return major * 1e6 + minor * 1e3 + patch >= 3_022_016;
}

function split(text: string): { name?: string; number?: string } {
  const trimmed = text.trim();
  if (trimmed === '') return {};
  const dash = trimmed.lastIndexOf(DASH);
  if (dash <= 0) return { number: trimmed };
  return { name: trimmed.slice(0, dash).trim(), number: trimmed.slice(dash + DASH.length).trim() };
}
