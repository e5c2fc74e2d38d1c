import { PhoneError } from '../phone/phone-error';
import type { CommandIds } from './command-ids';
import type { DocumentedEncoded } from './encoded';
import type { LinkAction } from './link';

/** A NUL ends the parameters early, and nothing that is dialled has the others. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * The WM_COPYDATA for an action (design document, section 6).
 * @throws PhoneError `unsupported` for what the document has no command for; `invalid_number`, `invalid_digits` or
 * `config` for a parameter that is more than one
 */
export function encodeDocumented(action: LinkAction, ids: CommandIds): DocumentedEncoded {
  switch (action.do) {
    case 'dial':
      if (action.account !== undefined) throw new PhoneError('unsupported', 'not_documented');
      return { ...plain(ids.dial, parameter(action.target, 'invalid_number')), answersLine: true };
    case 'answer':
    case 'answer_ring':
      return plain(ids.answer);
    case 'reject_all':
    case 'decline_ring':
      return plain(ids.reject);
    case 'hangup_all':
    case 'hangup_dialing':
      return plain(ids.hangup);
    case 'dtmf':
      return plain(ids.dtmf, parameter(action.digits, 'invalid_digits'));
    case 'transfer':
      return plain(ids.transfer, parameter(action.target, 'invalid_number'));
    case 'toggle_hold':
      return plain(ids.hold);
    case 'toggle_mute':
      if (action.device !== 'microphone') throw new PhoneError('unsupported', 'not_documented');
      return plain(ids.mute);
    case 'set_volume':
      if (action.device !== 'speaker') throw new PhoneError('unsupported', 'not_documented');
      if (!Number.isInteger(action.level) || action.level < 0 || action.level > 100) throw new PhoneError('config');
      return plain(ids.volume, String(action.level));
    case 'exit':
      return plain(ids.close);
    case 'audio':
    case 'message':
    case 'account':
    case 'show':
    case 'minimize':
    case 'start':
      throw new PhoneError('unsupported', 'not_documented');
  }
}

function plain(id: number, parameters = ''): DocumentedEncoded {
  return { id, parameters };
}

function parameter(text: string, code: 'invalid_number' | 'invalid_digits'): string {
  if (text === '' || FORBIDDEN.test(text)) throw new PhoneError(code);
  return text;
}
