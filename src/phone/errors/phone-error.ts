import { Catalog } from '../../catalog';
import { ERROR_REASONS } from './error-reasons';

const catalog = new Catalog('common.json');

/** The names of the values that the sentence of an error has. */
export function paramNames({ messageKey }: PhoneError): string[] {
  return catalog.names(messageKey);
}

export type ErrorCode = keyof typeof ERROR_REASONS;
/** Of which reasons there are for a code, or for any. */
export type ErrorReason<C extends ErrorCode = ErrorCode> = (typeof ERROR_REASONS)[C][number];
export type ErrorParams = Record<string, string | number>;

/** The stable codes that a flow finds in `msg.error.code`. */
export const ERROR_CODES = Object.keys(ERROR_REASONS) as ErrorCode[];

/** A code, alone or with one of its own reasons and the values of its sentence. */
type What = { [C in ErrorCode]: [code: C, reason?: ErrorReason<C> | undefined, params?: ErrorParams] }[ErrorCode];

/**
 * The one error that this package throws on purpose. `code` never changes between versions; `reason` says more, and picks
 * the sentence that tells the user what to do.
 */
export class PhoneError extends Error {
  override readonly name = 'PhoneError';
  readonly code: ErrorCode;
  readonly reason: ErrorReason;
  readonly params: ErrorParams;

  constructor(...[code, reason = 'default', params = {}]: What) {
    // Node-RED hands Catch nodes no other field that could tell two reasons of one code apart.
    super(catalog.text(catalogKey(code, reason), params), reason === 'default' ? undefined : { cause: reason });
    this.code = code;
    this.reason = reason;
    this.params = params;
  }

  get messageKey(): string {
    return catalogKey(this.code, this.reason);
  }
}

/** Of the sentence, for who says it in another language. */
export function catalogKey(code: ErrorCode, reason: ErrorReason): string {
  return `error.${code}.${reason}`;
}
