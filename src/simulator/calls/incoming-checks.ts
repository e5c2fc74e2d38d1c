import type { IncomingRules } from '../simulated-options';
import type { Switches } from '../switches';
import type { SimulatedCall } from './simulated-call';

/** Call slots of stock PJSIP (docs/microsip/interface.md#8). */
export const MOST_CALLS = 4;

/** The caller is in a call with us already; such a call leaves no row in the history (docs/microsip/3.22.16.md#3). */
export const SAME_CALLER = 'Already in call with this contact';

export const DO_NOT_DISTURB = 'Do Not Disturb';

/**
 * Why MicroSIP refuses a call with 486 by itself, before it rings (docs/microsip/interface.md#8; the texts are those of
 * docs/microsip/3.22.16.md#10); undefined when it rings.
 */
export function refusalOf(
  rules: IncomingRules,
  switches: Switches,
  others: readonly SimulatedCall[],
  { number, host }: SimulatedCall,
): string | undefined {
  if (others.some((call) => call.number === number && call.host === host)) return SAME_CALLER;
  const tooMany = rules.maxConcurrentCalls > 0 && others.length >= rules.maxConcurrentCalls;
  if (tooMany || (!rules.callWaiting && others.length > 0)) return 'Maximum concurrent calls reached';
  if (switches.isOn('dnd')) return DO_NOT_DISTURB;
  return rules.denyIncoming ? 'Incoming calls blocked by user' : undefined;
}
