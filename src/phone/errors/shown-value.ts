import { visibleText } from '../texts/visible-text';

const LONGEST = 100;

/** A value of any kind as a sentence can name it: short, and without running what a stranger's object brings along. */
export function shownValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  if (typeof value === 'function') return 'function';
  const text = visibleText(String(value).slice(0, LONGEST + 1));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
