import { PhoneError } from '../phone/errors/phone-error';
import type { DocumentedCommand } from './command-ids';
import type { LinkAction } from '../phone/ports/link';
import { plainTarget } from '../microsip/target-text';

/** An action in the words of the older document (docs/microsip/older-interface.md#commands), however they are sent. */
export interface DocumentedOrder {
  command: Exclude<DocumentedCommand, 'status' | 'activecall'>;
  /** Empty for commands that take none. */
  parameter: string;
}

/** A NUL or a line end would end the parameter early, and nothing that is dialled has the others. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * @throws PhoneError `unsupported` for what the document has no command for; `invalid_number`, `invalid_digits` or
 * `config` for a parameter that is not one
 */
export function documentedOrder(action: LinkAction): DocumentedOrder {
  switch (action.do) {
    case 'dial':
      if (action.account !== undefined) throw new PhoneError('unsupported', 'not_documented');
      return order('dial', plain(plainTarget(action.target), 'invalid_number'));
    case 'answer':
    case 'answer_ring':
      return order('answer');
    case 'reject_all':
    case 'decline_ring':
      return order('reject');
    case 'hangup_all':
    case 'hangup_dialing':
      return order('hangup');
    case 'dtmf':
      return order('dtmf', plain(action.digits, 'invalid_digits'));
    case 'transfer':
      return order('transfer', plain(plainTarget(action.target), 'invalid_number'));
    case 'toggle_hold':
      return order('hold');
    case 'toggle_mute':
      if (action.device !== 'microphone') throw new PhoneError('unsupported', 'not_documented');
      return order('mute');
    case 'set_volume':
      if (action.device !== 'speaker') throw new PhoneError('unsupported', 'not_documented');
      if (!Number.isInteger(action.level) || action.level < 0 || action.level > 100) throw new PhoneError('config');
      return order('volume', String(action.level));
    case 'exit':
      return order('close');
    case 'end_selected':
    case 'set_feature':
    case 'merge':
    case 'separate':
    case 'audio':
    case 'message':
    case 'account':
    case 'show':
    case 'minimize':
    case 'start':
      throw new PhoneError('unsupported', 'not_documented');
  }
}

function order(command: DocumentedOrder['command'], parameter = ''): DocumentedOrder {
  return { command, parameter };
}

function plain(text: string, code: 'invalid_number' | 'invalid_digits'): string {
  if (text === '' || FORBIDDEN.test(text)) throw new PhoneError(code);
  return text;
}
