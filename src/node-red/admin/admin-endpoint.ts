import type { NodeAPI } from 'node-red';
import { PhoneError } from '../../phone/errors/phone-error';

/** What the editor needs to say it in the language of its user, which may be another one than Node-RED's. */
export interface AdminError {
  code: string;
  message: string;
  /** In the catalog of the phone node. */
  key?: string;
  params?: Record<string, string | number>;
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
    inTime(async () => answerTo(objectOf(request.body))).then(
      (answer) => response.json(answer),
      (error: unknown) => {
        if (!(error instanceof PhoneError)) RED.log.error(`${path}: ${String(error)}`);
        response.status(error instanceof PhoneError ? 400 : 500).json(adminError(error));
      },
    );
  });
}

export function adminError(error: unknown): AdminError {
  const known = error instanceof PhoneError ? error : new PhoneError('config', 'internal');
  const { message, messageKey, params } = known;
  return { code: known === error ? known.code : 'unexpected', message, key: messageKey, params };
}

/** @throws PhoneError `config` */
function objectOf(body: unknown): Record<string, unknown> {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new PhoneError('config', 'no_object');
  return body as Record<string, unknown>;
}

async function inTime<T>(act: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new PhoneError('timeout', 'no_answer', { seconds: LONGEST_ANSWER / 1000 }));
    }, LONGEST_ANSWER);
    timer.unref();
  });
  try {
    return await Promise.race([act(), late]);
  } finally {
    clearTimeout(timer);
  }
}
