import { PhoneError } from '../phone/errors/phone-error';
import { shownValue } from '../phone/errors/shown-value';
import { DOCUMENTED_IDS, HIGHEST_ID } from './documented-ids';

export type DocumentedCommand = keyof typeof DOCUMENTED_IDS;
export type CommandIds = Readonly<Record<DocumentedCommand, number>>;

/**
 * The ids of all commands: those given, the documented ones for the rest.
 * @param given an object such as `{ dial: 101 }`, its JSON text, or nothing
 * @throws PhoneError `config` for unknown commands, for ids that are no integers from 0 to 4294967295, and for one id
 * that two commands would have
 */
export function commandIds(given: unknown): CommandIds {
  const ids: Record<DocumentedCommand, number> = { ...DOCUMENTED_IDS };
  for (const [name, id] of Object.entries(objectOf(given))) {
    if (!isCommand(name)) throw wrong(name);
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id > HIGHEST_ID) {
      throw wrong(`${name}: ${shownValue(id)}`);
    }
    ids[name] = id;
  }
  const all = Object.values(ids);
  const twice = all.find((id, index) => all.indexOf(id) !== index);
  if (twice !== undefined)
    throw wrong(
      Object.entries(ids)
        .flatMap(([name, id]) => (id === twice ? [name] : []))
        .join(' = '),
    );
  return ids;
}

function objectOf(given: unknown): object {
  if (given === undefined || given === null) return {};
  const value = typeof given === 'string' ? parsed(given) : given;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(shownValue(value));
  return value;
}

function parsed(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(text);
  }
}

function isCommand(name: string): name is DocumentedCommand {
  return Object.hasOwn(DOCUMENTED_IDS, name);
}

function wrong(value: string): PhoneError {
  return new PhoneError('config', 'value', { name: 'commandIds', value: shownValue(value) });
}
