import { PhoneError } from '../../errors/phone-error';

const HIGHEST = 100;

/**
 * How loud, 0..100, without a fraction: as a number or as its text.
 * @throws PhoneError `config`
 */
export function audioLevel(value: unknown): number {
  const level = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof level === 'number' && level >= 0 && level <= HIGHEST) return Math.round(level);
  throw new PhoneError('config', 'level');
}
