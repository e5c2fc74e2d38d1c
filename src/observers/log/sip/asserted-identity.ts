import { splitList } from './header-value';
import { partyOf, type SipParty } from './sip-address';
import type { SipMessage } from './sip-message';

/**
 * Who the network says is on the other end: `P-Asserted-Identity` (RFC 3325), else `Remote-Party-ID`. As MicroSIP does,
 * only an address with `@` counts (docs/microsip/3.22.16.md#2).
 */
export function assertedParty({ headers, status }: SipMessage): SipParty | undefined {
  const asserted = addresses(headers.get('p-asserted-identity'))[0];
  if (asserted !== undefined) return partyOf(asserted);
  const other = status === undefined ? 'called' : 'calling';
  const remote = addresses(headers.get('remote-party-id')).find(
    (value) => !new RegExp(`;\\s*party=${other}\\b`, 'i').test(value),
  );
  return remote === undefined ? undefined : partyOf(remote);
}

function addresses(values: readonly string[] = []): string[] {
  return values.flatMap((value) => splitList(value)).filter((value) => value.includes('@'));
}
