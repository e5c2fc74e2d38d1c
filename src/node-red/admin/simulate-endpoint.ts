import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import type { PhoneState } from '../../phone/calls/call';
import { PhoneError } from '../../phone/errors/phone-error';
import { serveAdmin } from './admin-endpoint';
import { PhoneService, type PhoneNode } from '../phones/phone-service';
import { playPhone } from '../phones/far-end';

/** How a simulated phone stands after an action; for the console in its dialog. */
export interface SimulateAnswer {
  state: PhoneState;
  /** Of the most urgent call. */
  number?: string;
  name?: string;
}

/** What was played shows a moment later (ms). */
const SHOWS = 50;

/** `POST microsip-phone/simulate` with `{phone, action, …}` as for the simulator node: plays the far end of a deployed phone. */
export function serveSimulate(RED: NodeAPI): void {
  serveAdmin(RED, '/microsip-phone/simulate', async (body): Promise<SimulateAnswer> => {
    const { phone: id } = body as { phone?: unknown };
    const node = typeof id === 'string' ? (RED.nodes.getNode(id) as PhoneNode | null) : null;
    const service: unknown = node?.service;
    if (!(service instanceof PhoneService)) throw new PhoneError('config', 'not_deployed');
    const phone = service.requirePhone();
    await playPhone(service, body);
    await sleep(SHOWS);
    const { state, calls } = phone.snapshot();
    const { number, name } = calls[0] ?? {};
    return { state, ...(number !== undefined && { number }), ...(name !== undefined && { name }) };
  });
}
