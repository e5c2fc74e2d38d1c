import type { NodeAPI } from 'node-red';
import { PhoneError } from '../phone/phone-error';
import { localisedError } from './localised-error';

/**
 * Answers `POST <path>` with JSON, for those who may change phones.
 * @param answerTo what it throws is answered as `{message}` in the user's language: 400 for a `PhoneError`, else 500
 */
export function serveAdmin(RED: NodeAPI, path: string, answerTo: (body: object) => Promise<unknown>): void {
  RED.httpAdmin.post(path, RED.auth.needsPermission('microsip-phone.write'), (request, response) => {
    answerTo((request.body ?? {}) as object).then(
      (answer) => response.json(answer),
      (error: unknown) =>
        response.status(error instanceof PhoneError ? 400 : 500).json({ message: localisedError(RED, error).message }),
    );
  });
}
