import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import type { Fleet } from '../../fleet/reader/fleet';
import { PhoneError } from '../../phone/errors/phone-error';
import { leaseFleet } from '../brokers/fleet-leases';
import type { AdminError } from './admin-endpoint';

/** The phones that a broker knows, for the dialog. */
export interface PhonesAnswer extends Partial<AdminError> {
  phones: KnownPhone[];
}

export interface KnownPhone {
  id: string;
  /** What its agent calls it. */
  name?: string;
  host?: string;
  online: boolean;
}

/** ms that connecting may take; core itself tries for longer */
const CONNECTING = 5_000;
/** ms without a newcomer, after which the broker has probably told of all it knows */
const QUIET = 700;
/** ms */
const LONGEST = 5_000;
const STEP = 100;
/** More are more than a list in a browser can be searched in. */
const MOST = 2_000;

/**
 * Asks the reader of a deployed broker node, which begins to read for that if nobody else has it read.
 * @throws PhoneError `config`, `broker_offline`
 */
export async function knownPhones(RED: NodeAPI, body: Readonly<Record<string, unknown>>): Promise<PhonesAnswer> {
  return withFleet(RED, body, async (fleet) => {
    await untilQuiet(fleet);
    const phones = fleet.phones().slice(0, MOST);
    return {
      phones: phones.map(({ id, name, info, online }) => ({
        id,
        ...(name !== undefined && { name }),
        ...(info?.host !== undefined && { host: info.host }),
        online,
      })),
    };
  });
}

/**
 * Lends the reader of a deployed broker node for a question.
 * @throws PhoneError `config` when there is none, `broker_offline`
 */
export async function withFleet<T>(
  RED: NodeAPI,
  { broker, base }: Readonly<Record<string, unknown>>,
  ask: (fleet: Fleet) => Promise<T>,
): Promise<T> {
  const lease = leaseFleet(RED, broker, base);
  const { fleet } = lease;
  try {
    for (let waited = 0; !fleet.connected; waited += STEP) {
      if (waited >= CONNECTING) throw new PhoneError('broker_offline');
      await sleep(STEP);
    }
    return await ask(fleet);
  } finally {
    lease.release();
  }
}

async function untilQuiet(fleet: Fleet): Promise<void> {
  let known = -1;
  for (let waited = 0, quiet = 0; waited < LONGEST && quiet < QUIET; waited += STEP, quiet += STEP) {
    // Names come after the phones.
    const count = fleet.phones().filter(({ name }) => name !== undefined).length + fleet.phones().length;
    if (count !== known) quiet = 0;
    known = count;
    await sleep(STEP);
  }
}
