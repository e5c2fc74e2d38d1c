import type { NodeAPI } from 'node-red';
import { errorRecord, type ErrorRecord } from '../../phone/errors/error-record';
import { PhoneError } from '../../phone/errors/phone-error';
import { withinTime } from '../../within-time';

/** The editor says it in the language of its user, which may be another one than Node-RED's. */
export interface AdminError extends Omit<ErrorRecord, 'code'> {
  /** `unexpected`, what the doctor says, or of the error. */
  code: string;
}

/** The longest that an endpoint may take by itself (ms), with some room; whatever happens, the browser is answered. */
const LONGEST_ANSWER = 120_000;

/**
 * Answers `POST <path>` with JSON, for those who may change phones.
 * @param answerTo what it throws is answered as an `AdminError`: with 400 for a `PhoneError`; with 500 for what nobody
 * expected, of which only Node-RED's log learns more
 */
export function serveAdmin(
  RED: NodeAPI,
  path: string,
  answerTo: (body: Readonly<Record<string, unknown>>) => Promise<unknown>,
): void {
  RED.httpAdmin.post(path, RED.auth.needsPermission('microsip-phone.write'), (request, response) => {
    const answer = (async () => answerTo(objectOf(request.body)))();
    withinTime(answer, LONGEST_ANSWER, { late: tooLate, idle: true }).then(
      (answer) => response.json(answer),
      (error: unknown) => {
        if (!(error instanceof PhoneError)) RED.log.error(`${path}: ${String(error)}`);
        response.status(error instanceof PhoneError ? 400 : 500).json(adminError(error));
      },
    );
  });
}

export function adminError(error: unknown): AdminError {
  if (error instanceof PhoneError) return errorRecord(error);
  return { ...errorRecord(new PhoneError('config', 'internal')), code: 'unexpected' };
}

/** @throws PhoneError `config` */
function objectOf(body: unknown): Record<string, unknown> {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new PhoneError('config', 'no_object');
  return body as Record<string, unknown>;
}

function tooLate(): never {
  throw new PhoneError('timeout', 'no_answer', { seconds: LONGEST_ANSWER / 1000 });
}
