import type { NodeAPI } from 'node-red';
import { serveAdmin } from './admin-endpoint';
import { findCopies } from './found-copies';

/** `POST microsip-phone/find`: the copies of MicroSIP that run here, and the installed one. */
export function serveFind(RED: NodeAPI): void {
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws has to be answered, too
  serveAdmin(RED, '/microsip-phone/find', async () => findCopies());
}
