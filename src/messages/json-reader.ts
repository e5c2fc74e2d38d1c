import { shownText } from '../phone/texts/shown-text';

/** What JSON says, if it says it in our form; undefined for everything else. */
export type Reader<T> = (json: unknown) => T | undefined;

type RequiredNames<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];
type OptionalNames<T> = Exclude<keyof T, RequiredNames<T>>;

/** The readers of all fields that must be there, and of all those that may be. */
export type RequiredFields<T> = { [K in RequiredNames<T>]: Reader<T[K]> };
export type OptionalFields<T> = { [K in OptionalNames<T>]-?: Reader<Exclude<T[K], undefined>> };

/** Fields that nobody asked for are left out; one that is wrong makes the whole unreadable. */
export function fieldsOf<T extends object>(required: RequiredFields<T>, optional: OptionalFields<T>): Reader<T> {
  const needed = Object.entries<Reader<unknown>>(required);
  const possible = Object.entries<Reader<unknown>>(optional);
  return (json) => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
    const given = json as Record<string, unknown>;
    const result: Record<string, unknown> = {};
    for (const [name, read] of [...needed, ...possible]) {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (value === undefined && !Object.hasOwn(required, name)) continue;
      result[name] = read(value);
      if (result[name] === undefined) return undefined;
    }
    return result as T;
  };
}

export function listOf<T>(read: Reader<T>): Reader<T[]> {
  return (json) => {
    if (!Array.isArray(json)) return undefined;
    const items = Array.from<unknown, T | undefined>(json, read);
    return items.every((item) => item !== undefined) ? items : undefined;
  };
}

export function wordOf<W extends string>(words: readonly W[]): Reader<W> {
  return (json) => words.find((word) => word === json);
}

/** A text that somebody out there may have chosen. */
export const text: Reader<string> = (json) => (typeof json === 'string' ? shownText(json) : undefined);

/** One that names something else when anything is taken away from it. */
export const wholeText: Reader<string> = (json) => (text(json) === json ? (json as string) : undefined);

export const truth: Reader<boolean> = (json) => (typeof json === 'boolean' ? json : undefined);

export function numberBetween(least: number, most: number): Reader<number> {
  return (json) => (typeof json === 'number' && json >= least && json <= most ? json : undefined);
}

export function wholeBetween(least: number, most: number): Reader<number> {
  const between = numberBetween(least, most);
  return (json) => (Number.isInteger(json) ? between(json) : undefined);
}
