import type { Phone } from '../../src/phone/phone';
import { eventually } from './eventually';

/** Waits for it: on a machine that stands still for a moment, MicroSIP is taken for one that hangs. */
export async function presenceOf(phone: Phone, wanted: string): Promise<void> {
  await eventually(() => (phone.snapshot().presence === wanted ? true : undefined));
}
