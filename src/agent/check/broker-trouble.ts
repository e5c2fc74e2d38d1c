import type { ConnectFailure } from '../connection/connect-failure';
import type { AgentErrorCode } from '../program/agent-error';

/** What is the matter with a broker. */
export interface BrokerTrouble {
  code: Extract<AgentErrorCode, 'broker_unreachable' | 'broker_refused'>;
  /** Of the sentence `broker.<reason>`. */
  reason: string;
}

/** What TLS says of a certificate tells more than that it is not trusted. */
const CERTIFICATES: [pattern: RegExp, reason: string][] = [
  [/expired/i, 'certificate_expired'],
  [/not yet valid/i, 'certificate_early'],
  [/altnames|hostname|does not match/i, 'certificate_name'],
  [/alert|required|handshake/i, 'certificate_client'],
];
const REFUSALS = ['bad_credentials', 'not_authorised', 'client_id', 'banned', 'broker_busy', 'refused', 'protocol'];

export function brokerTrouble({ word, detail, wordless }: ConnectFailure): BrokerTrouble {
  if (/wrong version number|packet length too long|before secure TLS connection/i.test(detail))
    return unreachable('no_tls');
  if (word === 'certificate') {
    const known = CERTIFICATES.find(([pattern]) => pattern.test(detail));
    return unreachable(known?.[1] ?? 'certificate');
  }
  if (wordless) return unreachable('closed');
  return REFUSALS.includes(word) ? { code: 'broker_refused', reason: word } : unreachable(word);
}

function unreachable(reason: string): BrokerTrouble {
  return { code: 'broker_unreachable', reason };
}
