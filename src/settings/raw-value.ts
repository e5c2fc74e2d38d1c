import { PhoneError } from '../phone/errors/phone-error';
import { shownValue } from '../phone/errors/shown-value';
import { RANGES, type RangeName } from './settings-table';

// One setting as it comes from a flow file, an environment variable or a program: of any type. What is not possible is
// a PhoneError `config`.

export function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** An empty text is one, too. */
export function textOr(value: unknown, preset: string): string {
  return typeof value === 'string' ? value.trim() : preset;
}

/** An environment variable gives `"true"`. */
export function truth(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

export function oneOf<T extends string>(name: string, value: unknown, possible: readonly T[], preset: T): T {
  if (isBlank(value)) return preset;
  const found = possible.find((one) => one === value);
  if (found === undefined) throw wrongSetting(name, value);
  return found;
}

export function numberInRange(name: RangeName, value: unknown): number {
  const { least, most, preset } = RANGES[name];
  if (isBlank(value)) return preset;
  const result = typeof value === 'string' ? Number(value) : value;
  if (typeof result !== 'number' || !(result >= least && result <= most)) throw wrongSetting(name, value);
  return result;
}

/** An environment variable may bring several lines, or a list of its own. One that is empty stays as an empty entry. */
export function list(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const entries: unknown[] = Array.isArray(value) ? Array.from<unknown>(value) : [value];
  return entries.flatMap(listed).flatMap((entry) => {
    if (typeof entry === 'number') return String(entry);
    if (typeof entry !== 'string') throw wrongSetting(name, entry);
    const lines = entry.split(/\r?\n/).map((line) => line.trim());
    const filled = lines.filter((line) => line !== '');
    return filled.length === 0 ? '' : filled;
  });
}

export function wrongSetting(name: string, value: unknown): PhoneError {
  return new PhoneError('config', 'value', { name, value: shownValue(value) });
}

function listed(entry: unknown): unknown[] {
  if (!Array.isArray(entry)) return [entry];
  return entry.length === 0 ? [''] : Array.from<unknown>(entry);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
