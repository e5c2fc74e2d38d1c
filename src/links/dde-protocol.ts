import { PhoneError } from '../phone/phone-error';
import type { LinkAction } from './link';

/** The customer's document (design document, section 6). */
export const DDE_SERVICE = 'MicroSIP';
export const DDE_TOPIC = 'Call';
export const DDE_STATUS_ITEM = 'Status';

/** A quote or bracket would end the parameter and begin a command of its own: the document knows no escape. */
const FORBIDDEN = /["[\]\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * The text of an XTYP_EXECUTE (design document, section 6).
 * @throws PhoneError `unsupported` for a dial by account, which the document does not know; `invalid_number`,
 * `invalid_digits` or `config` for a parameter that could leave its quotes
 */
export function encodeDde(action: LinkAction): string {
  switch (action.do) {
    case 'dial':
      if (action.account !== undefined) throw new PhoneError('unsupported', 'not_documented');
      return execute('Dial', quotable(action.target, 'invalid_number'));
    case 'answer':
    case 'answer_ring':
      return execute('Answer');
    case 'reject_all':
    case 'decline_ring':
      return execute('Reject');
    case 'hangup_all':
    case 'hangup_dialing':
      return execute('Hangup');
    case 'dtmf':
      return execute('SendDTMF', quotable(action.digits, 'invalid_digits'));
    case 'transfer':
      return execute('Transfer', quotable(action.target, 'invalid_number'));
    case 'toggle_hold':
      return execute('Hold');
    case 'toggle_mute':
      if (action.device !== 'microphone') throw new PhoneError('unsupported', 'not_documented');
      return execute('Mute');
    case 'set_volume':
      if (action.device !== 'speaker') throw new PhoneError('unsupported', 'not_documented');
      if (!Number.isInteger(action.level) || action.level < 0 || action.level > 100) throw new PhoneError('config');
      return execute('SetVolume', String(action.level));
    case 'exit':
      return execute('Close');
    case 'audio':
    case 'message':
    case 'account':
    case 'show':
    case 'minimize':
    case 'start':
      throw new PhoneError('unsupported', 'not_documented');
  }
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

function execute(command: string, parameter?: string): string {
  return parameter === undefined ? `[${command}]` : `[${command}("${parameter}")]`;
}

function quotable(text: string, code: 'invalid_number' | 'invalid_digits'): string {
  if (text === '' || FORBIDDEN.test(text)) throw new PhoneError(code);
  return text;
}
