import type { CallFacts, Direction } from '../../phone/calls/call';
import type { CallObservation } from '../../phone/ports/observation';
import type { ShownParty } from './texts/party';

/** `answering`: it rang in and was taken, but is not confirmed yet; outside it still counts as ringing. */
export type Stage = 'ringing' | 'dialing' | 'alerting' | 'answering' | 'connected' | 'held';

/** One call as the windows tell it. */
export interface WindowCall {
  readonly key: string;
  /** Absent for a call that was connected already when it was first seen. */
  readonly direction?: Direction;
  /** When it was answered, in ms since 1970, by its age in the status bar: of a call that was connected when it was first seen. */
  readonly answeredAt?: number;
  stage: Stage;
  facts: CallFacts;
  /** By this its tab is known again. */
  party: ShownParty;
  /** When its ringing window was missed first, in ms since 1970; absent while nothing is missed. */
  missedSince?: number | undefined;
  /** Title of the messages window while its tab was selected. */
  title?: string;
  /** Its age in seconds as the status bar said it last. */
  seconds?: number | undefined;
  /** When its own tab or the dialer page showed it last, in ms since 1970. */
  seenAt: number;
  /** Its present stage was concluded from a count. */
  inferred?: boolean;
}

export const isConfirmed = ({ stage }: Pick<WindowCall, 'stage'>): boolean => stage === 'connected' || stage === 'held';

/** Its window was gone when it was first reported. */
export const isGlimpsed = ({ missedSince, seenAt }: WindowCall): boolean => missedSince === seenAt;

export function observationOf(call: WindowCall, time: number): CallObservation {
  const { key, direction, answeredAt, stage, facts, inferred } = call;
  return {
    type: 'call',
    time,
    source: 'window',
    key,
    ...(direction && { direction }),
    state: stage === 'answering' ? 'ringing' : stage,
    ...(stage === 'held' && { heldBy: 'local' as const }),
    ...(answeredAt !== undefined && { answeredAt }),
    facts: { ...facts },
    ...(inferred && { inferred }),
  };
}
