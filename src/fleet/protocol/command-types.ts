import { COMMAND_TYPES } from '../../phone/commands/read-command';
import { PhoneError } from '../../phone/errors/phone-error';

/** What only the fleet has: its agent answers these itself. */
export const AGENT_TYPES = ['ping', 'snapshot'] as const;
/** What may be allowed to come over the broker, each by its name. */
export const REMOTE_TYPES: readonly string[] = [...COMMAND_TYPES, 'simulate'];

/**
 * @param allowed of the phone; absent: all
 * @throws PhoneError `refused`
 */
export function requireAllowed(type: unknown, allowed?: readonly string[]): void {
  if (allowed === undefined || typeof type !== 'string' || !REMOTE_TYPES.includes(type)) return;
  if (!allowed.includes(type)) throw new PhoneError('refused', 'not_remote', { command: type });
}
