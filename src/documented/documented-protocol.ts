import type { CommandIds } from './command-ids';
import { documentedOrder } from './documented-command';
import type { DocumentedEncoded } from './documented-encoded';
import type { LinkAction } from '../phone/ports/link';

/**
 * The WM_COPYDATA for an action (docs/microsip/older-interface.md#commands).
 * @throws PhoneError as `documentedOrder`
 */
export function encodeDocumented(action: LinkAction, ids: CommandIds): DocumentedEncoded {
  const { command, parameter } = documentedOrder(action);
  return {
    id: ids[command],
    parameters: parameter,
    ...(command === 'dial' && { answersLine: true }),
    ...(command === 'close' && { closes: true }),
  };
}
