import { PhoneError } from '../phone/phone-error';
import type { SimulatedMicrosip } from '../simulator/simulated-microsip';
import type { Link, LinkAction } from './link';
import { encodeMicrosip, queuedDelivery } from './microsip-protocol';

/** dwData of WM_COPYDATA (interface document, section 2.1) */
const AT_ONCE = 1;
const QUEUED = 2;

/** Gives commands to a simulated MicroSIP, in the same words and steps as to a real one. */
export class SimulatorLink implements Link {
  constructor(private readonly microsip: SimulatedMicrosip) {}

  async deliver(action: LinkAction, timeout: number): Promise<void> {
    const { microsip } = this;
    const encoded = encodeMicrosip(action, microsip.version);
    const deadline = Date.now() + timeout;
    const send = async (dwData: number, text: string): Promise<void> => {
      const answer = await inTime(microsip.copyData(dwData, `${text}\0`), deadline - Date.now());
      if (answer === undefined) throw new PhoneError('timeout', 'default', { timeout });
      microsip.requireRunning();
      if (answer !== 0) throw new PhoneError('not_ready');
    };
    await send(AT_ONCE, '');
    if (!('ring' in encoded)) await send(queuedDelivery(microsip.version) ? QUEUED : AT_ONCE, encoded.text);
    else if (!microsip.clickRing(encoded.ring, encoded.button)) throw new PhoneError('no_call', 'ended');
  }
}

/** Undefined when there is no answer after so many ms. */
async function inTime(answer: number | Promise<number>, milliseconds: number): Promise<number | undefined> {
  if (typeof answer === 'number') return answer;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
