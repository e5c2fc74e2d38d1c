import { PhoneError } from '../../errors/phone-error';
import { dialTarget } from './dial-target';

/**
 * Where a call may be transferred to: as `dialTarget`, but without digits to send afterwards, which MicroSIP cannot do.
 * @throws PhoneError `invalid_number`
 */
export function transferTarget(value: unknown): string {
  const target = dialTarget(value);
  if (target.includes(',')) throw new PhoneError('invalid_number', 'transfer_tail');
  return target;
}
