import { MOST_CONTACTS } from '../contact';

/**
 * The list as JSON: with nothing in it but what is data, so that whatever reads it runs nobody's code. An entry that cannot
 * be written (it contains itself, or a field of it throws) is `null`.
 * @returns undefined for what is no list
 */
export function listText(value: unknown): string | undefined {
  try {
    if (!Array.isArray(value)) return undefined;
    return JSON.stringify(value.length > MOST_CONTACTS ? value.slice(0, MOST_CONTACTS) : value);
  } catch {
    return entryByEntry(value as unknown[]);
  }
}

function entryByEntry(list: readonly unknown[]): string | undefined {
  try {
    const length = Math.min(list.length, MOST_CONTACTS);
    return `[${Array.from({ length }, (_, index) => entryText(list, index)).join(',')}]`;
  } catch {
    return undefined;
  }
}

function entryText(list: readonly unknown[], index: number): string {
  try {
    const text: unknown = JSON.stringify(list[index], (_key, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    );
    return typeof text === 'string' ? text : 'null';
  } catch {
    return 'null';
  }
}
