import { PhoneError } from '../errors/phone-error';
import type { Surface } from '../ports/surface';
import { shownText } from '../texts/shown-text';

/**
 * Most commands work while a message box of MicroSIP waits for a click, since the box takes messages (docs/microsip/3.22.16.md#8).
 * Where one did not work and the box was there before and after it, the box is why: one at MicroSIP's start keeps its SIP
 * stack down. A box that only the command has brought up says that MicroSIP could not do what it was told.
 * @param before the title of the box when the command began
 * @returns what to tell of a command that failed
 */
export function blockedByBox(error: unknown, before: string | undefined, surface: Surface | undefined): unknown {
  const title = surface?.box?.();
  if (before === undefined || title === undefined || !(error instanceof PhoneError)) return error;
  const { code, reason } = error;
  if (code !== 'timeout' && code !== 'blocked' && !(code === 'not_ready' && reason === 'default')) return error;
  const shown = shownText(title);
  return shown === undefined ? new PhoneError('blocked') : new PhoneError('blocked', 'box', { title: shown });
}
