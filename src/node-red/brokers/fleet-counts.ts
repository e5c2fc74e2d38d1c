import type { FleetPhone } from '../../fleet/reader/fleet-phone';

export interface FleetCounts {
  /** Phones whose agent is there. */
  online: number;
  /** Also those whose agent is away. */
  known: number;
  /** Phones on which somebody talks, or has a call on hold. */
  inCall: number;
  /** Phones that ring or dial, and no more than that. */
  calling: number;
}

export function fleetCounts(phones: readonly FleetPhone[]): FleetCounts {
  const counts = { online: 0, known: phones.length, inCall: 0, calling: 0 };
  for (const { online, snapshot } of phones) {
    if (!online) continue;
    counts.online += 1;
    const calls = snapshot?.calls ?? [];
    if (calls.some(({ callState }) => callState === 'connected' || callState === 'held')) counts.inCall += 1;
    else if (calls.length > 0) counts.calling += 1;
  }
  return counts;
}
