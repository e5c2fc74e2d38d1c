/** A text of a field, and of what sort it is there, such as `cell`, `work`, `fax`; empty: not known. */
export interface FieldText {
  text: string;
  sort: string;
}

/** In which field of an object the text is, in programs that know more of it: where it is from, whether it is the first choice. */
const VALUE_NAMES = ['value', '_data', 'number', 'address', 'displayName', 'name', 'text'];
const SORT_NAMES = ['type', 'types', 'meta', 'params', 'parameters', '_field', 'kind', 'label'];
const DEEPEST = 4;
const MOST_TEXTS = 20;
/** How Google joins several of one kind. */
const BETWEEN = ' ::: ';

/** All texts of a field, whatever it is wrapped in. */
export function fieldTexts(value: unknown, sort = '', depth = DEEPEST): FieldText[] {
  if (typeof value === 'string')
    return value.includes(BETWEEN)
      ? value.split(BETWEEN, MOST_TEXTS).map((text) => ({ text, sort }))
      : [{ text: value, sort }];
  // A number that is not whole, or that has lost digits, is nobody's telephone number.
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value >= 0 ? [{ text: String(value), sort }] : [];
  if (typeof value === 'boolean') return [{ text: String(value), sort }];
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value))
    return value.slice(0, MOST_TEXTS).flatMap((one: unknown) => fieldTexts(one, sort, depth - 1));
  return fieldTexts(valueOf(value), sort || sortOf(value), depth - 1);
}

/** The parts of a structured value of vCard, such as a name: from a list, or from a text with semicolons. */
export function fieldParts(value: unknown): string[] {
  let inner = value;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    if (typeof inner === 'string') return inner.split(';').map((part) => part.trim());
    if (Array.isArray(inner) && inner.length > 1 && inner.every((one) => typeof one === 'string' || one === null))
      return inner.map((part: string | null) => part ?? '');
    inner = Array.isArray(inner) ? (inner[0] as unknown) : valueOf(inner);
  }
  return [];
}

function valueOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const name = VALUE_NAMES.find((one) => Object.hasOwn(value, one));
  return name === undefined ? undefined : (value as Record<string, unknown>)[name];
}

function sortOf(value: object): string {
  const names = SORT_NAMES.filter((name) => Object.hasOwn(value, name));
  return names.map((name) => JSON.stringify((value as Record<string, unknown>)[name])).join(' ');
}
