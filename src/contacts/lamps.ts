import { LAMP_STATUSES, MOST_CONTACTS, type Lamp, type LampStatus } from './contact';
import { contactNumber, contactText } from './contact-text';
import { listText } from './reading/plain-list';

export interface ReadLamps {
  lamps: Lamp[];
  /** Entries without a number, or with a status that MicroSIP does not know. */
  unusable: number;
}

const NO_SEPARATOR = /[^\p{L}\p{N}+*#@]/gu;

/**
 * Lamps out of `msg.lamps`; of several with the same number the last. Never throws.
 * @param written gives the contacts' numbers as MicroSIP was told them, by what `lampKey` makes of them: a lamp only shines with
 * exactly that text (docs/microsip/further.md#F.4)
 */
export function readLamps(value: unknown, written: () => ReadonlyMap<string, string>): ReadLamps {
  const lamps = new Map<string, Lamp>();
  const entries = JSON.parse(listText(value) ?? '[]') as unknown[];
  let unusable = value === undefined || value === null || Array.isArray(value) ? 0 : 1;
  for (const entry of entries.slice(0, MOST_CONTACTS)) {
    const lamp = readLamp(entry);
    if (lamp) {
      const number = written().get(lampKey(lamp.number)) ?? lamp.number;
      lamps.set(number, { ...lamp, number });
    } else unusable += 1;
  }
  return { lamps: [...lamps.values()], unusable };
}

/** The same for all ways to write a number with separators. */
export function lampKey(number: string): string {
  return number.replace(NO_SEPARATOR, '').toLowerCase();
}

function readLamp(entry: unknown): Lamp | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { number, status, info } = entry as Record<string, unknown>;
  const called = contactNumber(textOf(number));
  const known = statusOf(status);
  if (called === undefined || known === undefined) return undefined;
  const text = contactText(textOf(info));
  return { number: called, status: known, ...(text !== undefined && { info: text }) };
}

function statusOf(status: unknown): LampStatus | undefined {
  const word = textOf(status).trim().toLowerCase();
  return LAMP_STATUSES.find((one) => one === word);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) ? String(value) : '';
}
