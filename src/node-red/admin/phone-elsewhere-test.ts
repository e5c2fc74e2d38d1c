import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import type { Fleet } from '../../fleet/reader/fleet';
import { readPhoneId } from '../../fleet/protocol/fleet-id';
import { PhoneError } from '../../phone/errors/phone-error';
import { troubleError } from '../../phone/errors/trouble-error';
import { adminError } from './admin-endpoint';
import { withFleet } from './known-phones';
import type { PhoneTestAnswer } from './phone-test';

const connection = 'mqtt';
/** ms */
const INFO_TIME = 1_500;
const STEP = 100;

/** Asks how far a phone elsewhere can be reached: is the broker there, its agent, its MicroSIP? */
export async function testPhoneElsewhere(
  RED: NodeAPI,
  typed: Readonly<Record<string, unknown>>,
): Promise<PhoneTestAnswer> {
  try {
    const id = readPhoneId(typed['phoneId']);
    return await withFleet(RED, typed, (fleet) => askedPhone(fleet, id));
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    return { connection, presence: 'absent', ...adminError(error) };
  }
}

async function askedPhone(fleet: Fleet, id: string): Promise<PhoneTestAnswer> {
  await fleet.known(id);
  // Who it is comes a moment later.
  for (let waited = 0; waited < INFO_TIME && fleet.phone(id)?.online && !fleet.phone(id)?.info; waited += STEP)
    await sleep(STEP);
  const { online = false, snapshot, name, info } = fleet.phone(id) ?? {};
  if (!online) throw new PhoneError('agent_offline');
  const { agent, microsip, host, user } = info ?? {};
  const isThere = snapshot !== undefined && snapshot.state !== 'offline';
  return {
    connection,
    presence: isThere ? 'ready' : 'absent',
    ...(name !== undefined && { phoneName: name }),
    ...(agent !== undefined && { agent }),
    ...(host !== undefined && { host }),
    ...(user !== undefined && { user }),
    ...(microsip !== undefined && { version: microsip }),
    ...(snapshot?.registration?.text !== undefined && { registrationText: snapshot.registration.text }),
    ...(!isThere && adminError(troubleError(snapshot?.problem ?? 'not_running'))),
  };
}
