import { PhoneError } from '../phone/errors/phone-error';
import { shownValue } from '../phone/errors/shown-value';
import { text, wrongSetting } from './raw-value';

/** How a program connects to a broker. Certificates are verified. */
export interface BrokerSettings {
  /** mqtt, mqtts, ws or wss, without a user name in it. */
  url: string;
  username?: string;
  password?: string;
  /** Paths of PEM files: who signed the broker's certificate; our own certificate, and its key. */
  ca?: string;
  cert?: string;
  key?: string;
}

const TEXTS = ['username', 'password', 'ca', 'cert', 'key'] as const;
export const BROKER_PROTOCOLS = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];

/**
 * @param value of a program, or the id of Node-RED's node for the broker
 * @throws PhoneError `config`
 */
export function brokerSettings(value: unknown): BrokerSettings | string {
  if (typeof value !== 'object' || value === null) return text(value);
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).find((name) => ![...TEXTS, 'url'].some((known) => known === name));
  if (unknown !== undefined) throw wrongSetting('broker', unknown);
  const settings: BrokerSettings = { url: brokerUrl(given['url']) };
  for (const name of TEXTS) {
    const one = given[name];
    if (one === undefined) continue;
    // Never the value: it may be a secret.
    if (typeof one !== 'string') throw wrongSetting(`broker.${name}`, typeof one);
    settings[name] = one;
  }
  return settings;
}

function brokerUrl(value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  const isPossible =
    url && BROKER_PROTOCOLS.includes(url.protocol) && url.hostname !== '' && url.username === '' && url.password === '';
  if (isPossible) return value as string;
  // A password may be in it.
  const shown = url ? `${url.protocol}//${url.host}` : shownValue(value).replace(/\/\/.*@/, '//');
  throw new PhoneError('config', 'broker_url', { url: shown });
}
