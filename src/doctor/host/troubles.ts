import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { shownText } from '../../phone/texts/shown-text';
import { registrationOf } from '../../observers/window/texts/registration-text';

/** What keeps a MicroSIP from working, by the codes that flows get. */
export const TROUBLES = ['access_denied', 'other_session', 'expired', 'timeout', 'blocked', 'not_registered'] as const;

export interface HostTroubleFound {
  code: (typeof TROUBLES)[number];
  /** Of the message box that waits. */
  title?: string;
}

/** What a look at the windows shows to be the matter, the most serious first. */
export function troublesOf(seen: WindowSnapshot | undefined): HostTroubleFound[] {
  if (!seen) return [];
  const { presence, problem, box } = seen;
  const absence = presence === 'absent' ? TROUBLES.find((code) => code === problem && code !== 'blocked') : undefined;
  if (absence) return [{ code: absence }];
  return [
    ...(presence === 'hung' ? [{ code: 'timeout' as const }] : []),
    ...(box ? [{ code: 'blocked' as const, title: shownText(box.title) ?? '' }] : []),
    ...(presence === 'ready' && isUnregistered(seen) ? [{ code: 'not_registered' as const }] : []),
  ];
}

/** With a call the status bar tells of that instead. */
function isUnregistered({ rings, messages, dialer, statusText = '', statusEnglish = [] }: WindowSnapshot): boolean {
  if (rings.length > 0 || messages?.endShown === true || dialer?.endShown === true) return false;
  const known = [statusText, ...statusEnglish].map(registrationOf).find((one) => one !== undefined);
  return known?.state === 'failed' || known?.state === 'unregistered';
}
