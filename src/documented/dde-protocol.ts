import { PhoneError } from '../phone/errors/phone-error';
import { documentedOrder, type DocumentedOrder } from './documented-command';
import type { DdeEncoded } from './documented-encoded';
import type { LinkAction } from '../phone/ports/link';

/** The older document (docs/microsip/older-interface.md#dde). */
export const DDE_SERVICE = 'MicroSIP';
export const DDE_TOPIC = 'Call';
export const DDE_STATUS_ITEM = 'Status';

const WORDS: Record<DocumentedOrder['command'], string> = {
  dial: 'Dial',
  hangup: 'Hangup',
  answer: 'Answer',
  reject: 'Reject',
  dtmf: 'SendDTMF',
  hold: 'Hold',
  transfer: 'Transfer',
  mute: 'Mute',
  volume: 'SetVolume',
  close: 'Close',
};

/**
 * Printable ASCII, which is the same in every code page, without what would end the parameter and begin a command of its
 * own: the document knows no escape.
 */
const QUOTABLE = /^[ !#-Z\\^-~]*$/;

/**
 * The text of an XTYP_EXECUTE (docs/microsip/older-interface.md#dde).
 * @throws PhoneError as `documentedOrder`; `invalid_number` or `invalid_digits` also for a parameter that could leave its
 * quotes
 */
export function encodeDde(action: LinkAction): DdeEncoded {
  const { command, parameter } = documentedOrder(action);
  if (!QUOTABLE.test(parameter)) throw new PhoneError(action.do === 'dtmf' ? 'invalid_digits' : 'invalid_number');
  const word = WORDS[command];
  return {
    execute: parameter === '' ? `[${word}]` : `[${word}("${parameter}")]`,
    ...(command === 'dial' && { answersLine: true }),
    ...(command === 'close' && { closes: true }),
  };
}

/**
 * What `Status` said: 0 idle, 1 ringing, 2 active, 3 hold, 4 disconnected, as a digit or a word.
 * @returns undefined for anything else
 */
export function parseStatus(text: string): number | undefined {
  // DDE strings come with their final zero, and some servers send the rest of their buffer behind it.
  const value = (text.split('\0', 1)[0] ?? '').trim().toLowerCase();
  if (/^[0-4]$/.test(value)) return Number(value);
  const index = STATUS_WORDS.indexOf(value);
  return index < 0 ? undefined : index;
}

const STATUS_WORDS = ['idle', 'ringing', 'active', 'hold', 'disconnected'];
