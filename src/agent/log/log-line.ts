import type { LogFields } from './agent-log';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['json', 'text'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface LogRecord {
  /** ISO 8601, UTC */
  time: string;
  level: LogLevel;
  event: string;
  fields: LogFields;
}

/** Characters of one value: brokers and other programs choose some of them. */
const LONGEST_VALUE = 500;
const HIDDEN = '***';
/** Names of what everybody sees at the broker; somebody may have made one of them his password, too. */
const OPEN = ['phone', 'phones', 'base', 'broker', 'host', 'user', 'version'];

/** One line, without its end. `hide` takes out what must not be seen. */
export function logLine({ time, level, event, fields }: LogRecord, format: LogFormat, hide: Hiding): string {
  const known = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          [
            name,
            typeof value === 'string' ? (OPEN.includes(name) ? value : hide(value)).slice(0, LONGEST_VALUE) : value,
          ] as const,
        ],
  );
  if (format === 'json') return JSON.stringify({ time, level, event, ...Object.fromEntries(known) });
  const words = known.map(([name, value]) => `${name}=${typeof value === 'string' ? shown(value) : value}`);
  return [time, level.toUpperCase().padEnd(5), event, ...words].join(' ');
}

/** Quoted where it would not be one word, and always where it could play a trick on a terminal. */
function shown(value: string): string {
  if (/^[\w.:/@+-]+$/.test(value)) return value;
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export type Hiding = (text: string) => string;

/** Shorter ones stand in too many words: without them a log could not be read. */
const SHORTEST_SECRET = 3;

/** Takes secrets out of texts, also as they stand in URLs and in JSON. */
export function hiding(secrets: readonly string[]): Hiding {
  const written = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(Buffer.from(secret).toString()),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ])
    .sort((one, other) => other.length - one.length);
  return (text) => written.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
}
