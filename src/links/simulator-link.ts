import { PhoneError } from '../phone/phone-error';
import type { SimulatedMicrosip } from '../simulator/simulated-microsip';
import type { Link, LinkAction } from './link';
import { encodeMicrosip } from './microsip-protocol';

/** Gives commands to a simulated MicroSIP, in the same words and steps as to a real one. */
export class SimulatorLink implements Link {
  constructor(private readonly microsip: SimulatedMicrosip) {}

  async deliver(action: LinkAction, timeout: number): Promise<void> {
    const { microsip } = this;
    const encoded = encodeMicrosip(action, microsip.version);
    if (!microsip.isRunning) throw new PhoneError('not_running');
    if (!(await microsip.answers(timeout))) throw new PhoneError('timeout', 'default', { timeout });
    if ('ring' in encoded) {
      if (!microsip.clickRing(encoded.ring, encoded.button)) throw new PhoneError('no_call', 'ended');
      return;
    }
    if (microsip.copyData(1, '\0') !== 0) throw new PhoneError('not_ready');
    microsip.copyData(2, `${encoded.text}\0`);
  }
}
