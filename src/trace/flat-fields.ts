export type FlatValue = string | number | boolean;

const MOST_FIELDS = 60;
const DEEPEST = 4;
/** Moments say nothing to who reads lines that have their own, and handles change with each start. */
const LEFT_OUT: readonly string[] = ['time', 'startedAt', 'hwnd', 'startTime', 'answerTime', 'endTime', 'began'];

/** What flows give for these may be anything, of any size, with numbers and names anywhere in it. */
const GIVEN: readonly string[] = ['number', 'text', 'digits'];

/** The fields of a thing and of what is in it, by their names with dots. What is neither text, number nor truth is left out. */
export function flatFields(thing: object): Map<string, FlatValue> {
  const fields = new Map<string, FlatValue>();
  collect(thing, '', DEEPEST, fields);
  return fields;
}

function collect(thing: object, path: string, depth: number, fields: Map<string, FlatValue>): void {
  for (const [name, value] of Object.entries(thing) as [string, unknown][]) {
    if (fields.size >= MOST_FIELDS) return;
    if (LEFT_OUT.includes(name)) continue;
    const full = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') fields.set(full, value);
    else if (typeof value !== 'object' || value === null) continue;
    else if (GIVEN.includes(name)) fields.set(full, '{…}');
    else if (depth > 0) collect(value, full, depth - 1, fields);
  }
}
