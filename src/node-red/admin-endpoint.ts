import type { NodeAPI } from 'node-red';
import { PhoneError } from '../phone/phone-error';

/** What the editor needs to say it in the language of its user, which may be another one than Node-RED's. */
export interface AdminError {
  code: string;
  message: string;
  /** In the catalog of the phone node. */
  key?: string;
  params?: Record<string, string | number>;
}

/**
 * Answers `POST <path>` with JSON, for those who may change phones.
 * @param answerTo what it throws is answered as an `AdminError`: with 400 for a `PhoneError`, else with 500
 */
export function serveAdmin(RED: NodeAPI, path: string, answerTo: (body: object) => Promise<unknown>): void {
  RED.httpAdmin.post(path, RED.auth.needsPermission('microsip-phone.write'), (request, response) => {
    answerTo((request.body ?? {}) as object).then(
      (answer) => response.json(answer),
      (error: unknown) => response.status(error instanceof PhoneError ? 400 : 500).json(adminError(error)),
    );
  });
}

export function adminError(error: unknown): AdminError {
  if (!(error instanceof PhoneError)) return { code: 'unexpected', message: String(error) };
  const { code, message, messageKey, params } = error;
  return { code, message, key: messageKey, params };
}
