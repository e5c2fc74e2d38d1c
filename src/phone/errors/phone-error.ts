import { Catalog } from '../../catalog';

const catalog = new Catalog('common.json');

/** The stable codes that a flow finds in `msg.error.code`. */
export const ERROR_CODES = [
  'not_running',
  'not_ready',
  'timeout',
  'access_denied',
  'other_session',
  'invalid_number',
  'refused',
  'invalid_digits',
  'no_call',
  'line_busy',
  'not_registered',
  'unsupported',
  'closed',
  'config',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];
export type ErrorParams = Record<string, string | number>;

/**
 * The one error that this package throws on purpose. `code` never changes between versions; `reason` picks the sentence
 * that tells the user what to do (`error.<code>.<reason>` in the catalog, `error.<code>.default` without one).
 */
export class PhoneError extends Error {
  override readonly name = 'PhoneError';
  readonly messageKey: string;

  constructor(
    readonly code: ErrorCode,
    reason = 'default',
    readonly params: ErrorParams = {},
  ) {
    const key = `error.${code}.${reason}`;
    // Node-RED hands Catch nodes no other field that could tell two reasons of one code apart.
    super(catalog.text(key, params), reason === 'default' ? undefined : { cause: reason });
    this.messageKey = key;
  }
}
