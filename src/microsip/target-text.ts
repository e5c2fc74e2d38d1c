import { PhoneError } from '../phone/errors/phone-error';

/**
 * Takes a plus at the beginning for a telephone number and cuts dots and hyphens out of its host
 * (docs/microsip/corrections.md#1).
 */
const BEGINS_WITH_PLUS = /^\+/;
/** A text that has this anywhere gets no scheme of its own (docs/microsip/corrections.md#2). */
const LOOKS_LIKE_SCHEME = /.sip:/is;

/**
 * A target for MicroSIP to dial or transfer to. What has a host stands in angle brackets, since MicroSIP leaves that as
 * it is: it neither takes it for a telephone number nor puts a prefix or the dial plan to it
 * (docs/microsip/corrections.md#1 to #3).
 * @param bracketed whether this version is known to
 * @throws PhoneError `invalid_number` when another host would be called
 */
export function dialText(target: string, bracketed: boolean): string {
  if (!target.includes('@')) return target;
  if (!bracketed) return plainTarget(target);
  const [address = '', ...tail] = target.split(',');
  return [`<sip:${address}>`, ...tail].join(',');
}

/** A target for whoever may treat it as MicroSIP does, but is not known to leave alone what stands in brackets. */
export function plainTarget(target: string): string {
  if (target.includes('@') && BEGINS_WITH_PLUS.test(target)) throw unreachable(target);
  return messageTarget(target);
}

/** MicroSIP does not clean the addresses of instant messages (docs/microsip/corrections.md#1). */
export function messageTarget(target: string): string {
  if (LOOKS_LIKE_SCHEME.test(target)) throw unreachable(target);
  return target;
}

function unreachable(target: string): PhoneError {
  return new PhoneError('invalid_number', 'unreachable', { target });
}
