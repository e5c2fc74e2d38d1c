import { PhoneError } from '../errors/phone-error';
import type { Plan } from './plan';

/** @throws PhoneError `unsupported` where conferences cannot be seen */
export function planConference(): Plan {
  throw new PhoneError('unsupported', 'conference_unseen');
}
