import type { NodeAPI } from 'node-red';
import { PhoneService, type PhoneNode } from '../phones/phone-service';
import { serveAdmin } from '../admin/admin-endpoint';

/** Loaded when it is asked for: it needs the Windows calls, which the start of Node-RED does not. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const choices = (): typeof import('./choices') => require('./choices') as typeof import('./choices');

/**
 * `POST microsip-phone/choices` with `{phone, text}`: the accounts, calls and contacts of a deployed phone. Dialogs ask by
 * themselves, so that a phone that is not deployed yet is an answer and no failure for the browser's console.
 */
export function serveChoices(RED: NodeAPI): void {
  serveAdmin(RED, '/microsip-phone/choices', async ({ phone: id, text }) => {
    const node = typeof id === 'string' ? (RED.nodes.getNode(id) as PhoneNode | null | undefined) : null;
    const service: unknown = node?.service;
    return service instanceof PhoneService ? choices().choicesOf(service, text) : choices().NO_CHOICES;
  });
}
