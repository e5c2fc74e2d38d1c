import type { NodeAPI } from 'node-red';
import { serveAdmin } from './admin-endpoint';

type Search = typeof import('../win32/installation-search');

/** Loaded when it is asked for: the start of Node-RED does not need the Windows calls. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const search = (): Search => require('../win32/installation-search') as Search;

/** `POST microsip-phone/find`: the copies of MicroSIP that run here, and the installed one. */
export function serveFind(RED: NodeAPI): void {
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws has to be answered, too
  serveAdmin(RED, '/microsip-phone/find', async () => search().findCopies());
}
