import type { NodeAPI } from 'node-red';
import { errorRecord, type ErrorRecord } from '../../phone/errors/error-record';
import { PhoneError } from '../../phone/errors/phone-error';
import { withinTime } from '../../within-time';

/** The editor says it in the language of its user, which may be another one than Node-RED's. */
export interface AdminError extends Omit<ErrorRecord, 'code'> {
  /** `unexpected`, what the doctor says, or of the error. */
  code: string;
}

/** As much of Express as is needed to answer. */
interface JsonResponse {
  json(body: unknown): unknown;
  status(code: number): JsonResponse;
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
    respond(RED, path, response, async () => {
      // A form of any web page could send the rest, with a browser that needs no login here.
      if (request.headers['content-type'] !== undefined && request.is('json') === false)
        throw new PhoneError('config', 'no_object');
      return answerTo(objectOf(request.body));
    });
  });
}

/** Answers `GET <path>` with JSON, for those who may know what phones do; otherwise as `serveAdmin`. */
export function serveReading(
  RED: NodeAPI,
  path: string,
  answerTo: (query: Readonly<Record<string, unknown>>) => unknown,
): void {
  RED.httpAdmin.get(path, RED.auth.needsPermission('microsip-phone.read'), (request, response) => {
    response.set('Cache-Control', 'no-store');
    // eslint-disable-next-line @typescript-eslint/require-await -- what it throws has to be answered, too
    respond(RED, path, response, async () => answerTo(request.query));
  });
}

function respond(RED: NodeAPI, path: string, response: JsonResponse, answer: () => Promise<unknown>): void {
  withinTime(answer(), LONGEST_ANSWER, { late: tooLate, idle: true }).then(
    (answer) => response.json(answer),
    (error: unknown) => {
      if (!(error instanceof PhoneError)) RED.log.error(`${path}: ${String(error)}`);
      response.status(error instanceof PhoneError ? 400 : 500).json(adminError(error));
    },
  );
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
