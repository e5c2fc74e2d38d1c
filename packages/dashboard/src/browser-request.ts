import { FIELD, LONGEST_QUERY, PARTS, type FromBrowser, type Part } from './protocol';

type Fields = Readonly<Record<string, unknown>>;

const REQUEST = /^[\w-]{1,64}$/;
const LANGUAGE = /^[A-Za-z0-9-]{2,35}$/;
const CALL_ID = /^[\x21-\x7e]{1,200}$/;

/** Commands that are about one call, and say which. */
const OF_A_CALL = ['answer', 'hangup', 'hold', 'transfer', 'dtmf'];

/** The parts of the widget with which each command can be given. */
const PARTS_FOR: Record<string, readonly Part[]> = {
  dial: ['dial', 'keypad'],
  answer: ['calls'],
  hangup: ['calls'],
  hold: ['calls'],
  transfer: ['calls'],
  dtmf: ['keypad'],
  audio: ['audio'],
  feature: ['dnd'],
};

/** What a browser asks for; undefined for everything that the widget does not send. Anybody may sit at the other end. */
export function readRequest(message: unknown): FromBrowser | undefined {
  const fields = recordOf(recordOf(message)?.[FIELD]);
  const request = fields?.['request'];
  if (!fields || typeof request !== 'string' || !REQUEST.test(request)) return undefined;
  if (fields['ask'] === 'view') return { request, ask: 'view' };
  const { text, language } = fields;
  if (fields['ask'] === 'contacts')
    return typeof text === 'string' && text.length <= LONGEST_QUERY ? { request, ask: 'contacts', text } : undefined;
  const command = recordOf(fields['command']);
  if (!command || fields['ask'] !== undefined) return undefined;
  if (typeof language !== 'string' || !LANGUAGE.test(language)) return undefined;
  return { request, language, command };
}

/**
 * Whether the widget has a button for this, with the parts that it shows. The values of the command are for the phone to
 * check, as those of every command.
 */
export function isOffered(command: Fields, parts: readonly Part[]): boolean {
  const { type, callId, feature } = command;
  if (typeof type !== 'string' || !Object.hasOwn(PARTS_FOR, type)) return false;
  if (type === 'feature' && feature !== 'dnd') return false;
  const namesCall = typeof callId === 'string' && CALL_ID.test(callId);
  if (OF_A_CALL.includes(type) !== namesCall) return false;
  return PARTS_FOR[type]?.some((part) => parts.includes(part)) ?? false;
}

/** Those that are shown: all, unless the node has a list. */
export function shownParts(given: unknown): Part[] {
  return Array.isArray(given) ? PARTS.filter((part) => given.includes(part)) : [...PARTS];
}

function recordOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
