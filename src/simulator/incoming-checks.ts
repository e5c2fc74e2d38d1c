import type { SimulatedMicrosip } from './simulated-microsip';

/** Call slots of stock PJSIP (interface document, section 8). */
export const MOST_CALLS = 4;

export interface IncomingRules {
  /** Off: 486 while any other call exists. */
  callWaiting: boolean;
  doNotDisturb: boolean;
  /** Above 0: 486 above this number of calls, the new one included. */
  maxConcurrentCalls: number;
}

/**
 * Why MicroSIP refuses a call with 486 by itself, before it rings (interface document, section 8; the texts are those of
 * 3.22.16, section 10); undefined when it rings.
 */
export function refusal({ calls, rules }: SimulatedMicrosip, number: string, host: string): string | undefined {
  const others = calls.all;
  if (others.length >= MOST_CALLS) return 'No free call slot';
  if (others.some((call) => call.number === number && call.host === host)) return 'Already in call with this contact';
  const tooMany = rules.maxConcurrentCalls > 0 && others.length >= rules.maxConcurrentCalls;
  if (tooMany || (!rules.callWaiting && others.length > 0)) return 'Maximum concurrent calls reached';
  return rules.doNotDisturb ? 'Do Not Disturb' : undefined;
}
