import type { NodeAPI } from 'node-red';
import type { Command } from '../../phone/commands/command';
import { PhoneError } from '../../phone/errors/phone-error';
import { serveAdmin, serveReading } from '../admin/admin-endpoint';
import { runningPhones } from '../phones/running-phones';
import type { LivePhones } from './live-phones';

/** More are more than a request has room for. */
const MOST_IDS = 1000;

/** `GET microsip-phone/sidebar`: the phones of the running flows, with names and numbers; `?ids=a,b`: only these. */
export function servePhonesShown(RED: NodeAPI, live: LivePhones): void {
  serveReading(RED, '/microsip-phone/sidebar', ({ ids }) =>
    live.answer(typeof ids === 'string' ? ids.split(',').slice(0, MOST_IDS) : undefined),
  );
}

/** `POST microsip-phone/command` with `{phone, type, …}`: has a deployed phone carry out a command of the library. */
export function serveCommand(RED: NodeAPI): void {
  serveAdmin(RED, '/microsip-phone/command', async ({ phone: id, ...command }) => {
    const phone = typeof id === 'string' ? runningPhones().get(id) : undefined;
    if (!phone) throw new PhoneError('config', 'gone');
    const { callId, verified } = await phone.execute(command as Command);
    return { ...(callId !== undefined && { callId }), ...(verified !== undefined && { verified }) };
  });
}
