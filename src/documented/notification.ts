import { shownText } from '../phone/texts/shown-text';

/** What another program can tell of a call by window message. */
export type NotifiedEvent = 'ringing' | 'connected' | 'held' | 'ended' | 'idle';

export interface Notification {
  event: NotifiedEvent;
  /** Of the other party, as the program wrote it. */
  number?: string;
}

/**
 * - `sender`: another program than the phone's sent a message; it was dropped.
 * - `malformed`: the message was too long, no UTF-8, or of an unknown event; it was dropped.
 */
export type NotificationWarning = 'sender' | 'malformed';

export type TakenNotification = Notification | { refused: NotificationWarning };

/** The longest message in bytes. */
export const LONGEST_NOTIFICATION = 1024;

const EVENTS: Readonly<Record<string, NotifiedEvent>> = {
  incoming: 'ringing',
  ringing: 'ringing',
  connected: 'connected',
  active: 'connected',
  hold: 'held',
  disconnected: 'ended',
  ended: 'ended',
  idle: 'idle',
};

/** The numbers of the documented STATUS: 0 idle, 1 ringing, 2 active, 3 hold, 4 disconnected. */
const STATUSES: readonly NotifiedEvent[] = ['idle', 'ringing', 'connected', 'held', 'ended'];

/**
 * Reads a message: UTF-8 text `event number`, the event in any case, the number optional. One NUL may end it, and blanks
 * may stand around it.
 * @returns undefined for anything else
 */
export function notificationOf(message: Uint8Array): Notification | undefined {
  if (message.length > LONGEST_NOTIFICATION) return undefined;
  const text = decoded(message)?.replace(/\0$/, '').trim();
  if (text === undefined) return undefined;
  const [, word = '', rest] = /^(\S+)(?:\s+(.*))?$/su.exec(text) ?? [];
  const name = word.toLowerCase();
  const event = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined;
  if (event === undefined) return undefined;
  const number = shownText(rest);
  return { event, ...(number !== undefined && { number }) };
}

/** @returns undefined for a number that the documented STATUS does not have */
export function notificationOfStatus(status: number): Notification | undefined {
  const event = STATUSES[status];
  return event && { event };
}

function decoded(message: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(message);
  } catch {
    return undefined;
  }
}
