import type { NodeAPI } from 'node-red';
import { serveAdmin } from './admin-endpoint';
import { testPhoneElsewhere } from './phone-elsewhere-test';

/** Loaded when it is asked for: it needs the Windows calls, which the start of Node-RED does not. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const phoneTest = (): typeof import('./phone-test') => require('./phone-test') as typeof import('./phone-test');

/** `POST microsip-phone/test` with the dialog's values. */
export function servePhoneTest(RED: NodeAPI): void {
  serveAdmin(RED, '/microsip-phone/test', (body) =>
    body['connection'] === 'mqtt' ? testPhoneElsewhere(RED, body) : phoneTest().testPhone(body),
  );
}
