import { PhoneError } from '../errors/phone-error';
import type { Plan } from './plan';

/** @throws PhoneError `unsupported` where the switches cannot be seen */
export function planFeature(): Plan {
  throw new PhoneError('unsupported', 'feature_unseen');
}
