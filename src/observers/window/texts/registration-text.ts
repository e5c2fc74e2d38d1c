import type { Registration } from '../../../phone/calls/call';
import { statusOfPhrase } from '../../../phone/calls/sip-phrase';

/** Texts of pane 0 with no call up (docs/microsip/interface.md#7.1 and #10), in lower case. */
const STATES: Record<string, Pick<Registration, 'state' | 'sipStatus'>> = {
  microsip: { state: 'none' },
  idle: { state: 'none' },
  offline: { state: 'unregistered' },
  'connecting...': { state: 'registering' },
  online: { state: 'registered' },
  away: { state: 'registered' },
  'do not disturb': { state: 'registered' },
  'call forwarding': { state: 'registered' },
  'incorrect password': { state: 'failed' },
  'connection failed': { state: 'failed', sipStatus: 502 },
};

const SUFFIX = / \((?:auto conference|auto answer|outgoing)\)$/;
const CODE = /^(?:the server returned an error code|response code): ([1-6]\d\d)$/;

/**
 * The registration that a status text tells when no call is up.
 * @returns undefined for a text in another language or of a server's own: then nothing is claimed
 */
export function registrationOf(statusText: string): Registration | undefined {
  const text = statusText.trim();
  const plain = text.toLowerCase().replace(SUFFIX, '');
  const known = Object.hasOwn(STATES, plain) ? STATES[plain] : undefined;
  if (known) return { ...known, text };
  const code = CODE.exec(plain)?.[1];
  const sipStatus = code === undefined ? statusOfPhrase(plain) : Number(code);
  return sipStatus === undefined ? undefined : { state: 'failed', sipStatus, text };
}
