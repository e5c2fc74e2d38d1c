import { PhoneError } from '../errors/phone-error';
import type { Surface } from '../ports/surface';
import { shownText } from '../texts/shown-text';

/**
 * Most commands work while a message box of MicroSIP waits for a click, since the box takes messages (docs/microsip/3.22.16.md#8).
 * Where one did not have its effect meanwhile, the box is why: one at its start keeps the SIP stack down, one that the
 * command itself has brought up stands for what was to be done.
 * @returns what to tell of a command that failed
 */
export function blockedByBox(error: unknown, surface: Surface | undefined): unknown {
  const title = surface?.box?.();
  if (title === undefined || !(error instanceof PhoneError)) return error;
  const { code, reason } = error;
  if (code !== 'timeout' && code !== 'blocked' && !(code === 'not_ready' && reason === 'default')) return error;
  const shown = shownText(title);
  return shown === undefined ? new PhoneError('blocked') : new PhoneError('blocked', 'box', { title: shown });
}
