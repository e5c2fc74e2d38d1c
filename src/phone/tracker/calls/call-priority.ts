import type { Call, PhoneState } from '../../calls/call';

const PRIORITY: readonly PhoneState[] = ['ringing', 'connected', 'held', 'alerting', 'dialing'];

/** What the open calls make of a phone that is online. */
export function stateOfPhone(calls: readonly Call[]): PhoneState {
  const states = new Set<string>(calls.map(({ callState }) => callState));
  return PRIORITY.find((state) => states.has(state)) ?? 'idle';
}

/** @param calls in the order of their beginnings; of equally urgent ones the newest comes first */
export function byPriority(calls: readonly Call[]): Call[] {
  const rank = (call: Call): number => PRIORITY.indexOf(call.callState as PhoneState);
  return [...calls].reverse().sort((a, b) => rank(a) - rank(b));
}
