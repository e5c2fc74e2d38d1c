import type { NodeAPI } from 'node-red';
import { PhoneError } from '../../phone/errors/phone-error';
import { adminError, serveAdmin } from './admin-endpoint';
import { knownPhones, type PhonesAnswer } from './known-phones';

/** `POST microsip-phone/phones` with the dialog's broker and base: the phones that the broker knows. */
export function servePhones(RED: NodeAPI): void {
  serveAdmin(RED, '/microsip-phone/phones', (body) => knownPhones(RED, body).catch(noPhones));
}

/** The dialog asks by itself: a broker that is away or not deployed yet is an answer, and no failure for the browser's console. */
function noPhones(error: unknown): PhonesAnswer {
  if (!(error instanceof PhoneError)) throw error;
  return { phones: [], ...adminError(error) };
}
