import { shownText } from '../texts/shown-text';
import { ERROR_REASONS } from './error-reasons';
import { catalogKey, paramNames, PhoneError, type ErrorCode, type ErrorParams, type ErrorReason } from './phone-error';

/** A `PhoneError` on its way to another thread, a browser or a broker, all of which would strip it of its class. */
export interface ErrorRecord {
  code: ErrorCode;
  /** In the catalog, for who says it in the language of another person. */
  key: string;
  params: ErrorParams;
  message: string;
}

/** A code with one of its own reasons. */
type Kind = { [C in ErrorCode]: [code: C, reason: ErrorReason<C>] }[ErrorCode];

export function errorRecord({ code, messageKey: key, params, message }: PhoneError): ErrorRecord {
  return { code, key, params, message };
}

/**
 * The error that a record stands for. Whoever made it may be of another version or want no good, so its sentence is always
 * one of ours, and into that go only the values that it has room for.
 * @param record of any kind; what is no record is an error that nobody expected
 */
export function recordedError(record: unknown): PhoneError {
  const { code, key, params } = (typeof record === 'object' && record !== null ? record : {}) as Record<
    string,
    unknown
  >;
  if (!isCode(code)) return new PhoneError('config', 'internal');
  const reason = ERROR_REASONS[code].find((one) => catalogKey(code, one) === key) ?? 'default';
  const kind = [code, reason] as Kind;
  return new PhoneError(...kind, valuesFor(new PhoneError(...kind), params));
}

function isCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_REASONS, code);
}

/** A sentence with nothing where a value should be would be none. */
function valuesFor(error: PhoneError, given: unknown): ErrorParams {
  const params = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const valueOf = (name: string): string | number =>
    (Object.hasOwn(params, name) ? admittedValue(params[name]) : undefined) ?? '…';
  return Object.fromEntries(paramNames(error).map((name) => [name, valueOf(name)]));
}

function admittedValue(value: unknown): string | number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' ? shownText(value) : undefined;
}
