import type { NodeAPI } from 'node-red';
import { knownPhones } from './known-phones';
import { serveAdmin } from './admin-endpoint';

/** `POST microsip-phone/phones` with the dialog's broker and base: the phones that the broker knows. */
export function servePhones(RED: NodeAPI): void {
  serveAdmin(RED, '/microsip-phone/phones', (body) => knownPhones(RED, body));
}
