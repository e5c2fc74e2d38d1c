import type { HeldBy } from '../../../phone/calls/call';
import { mirrored, type MediaDirection } from './sdp-direction';

export type Side = 'local' | 'remote';

export function otherSide(side: Side): Side {
  return side === 'local' ? 'remote' : 'local';
}

interface SideState {
  holds: boolean;
  direction?: MediaDirection;
}

/**
 * Who holds a call, from the offers and answers of its session descriptions (RFC 3264, 8.4). `recvonly` alone tells
 * nothing about the side that says it, and `inactive` as an answer to `inactive` neither.
 */
export class CallHold {
  private readonly sides: Record<Side, SideState> = { local: { holds: false }, remote: { holds: false } };

  get heldBy(): HeldBy | undefined {
    const { local, remote } = this.sides;
    if (local.holds && remote.holds) return 'both';
    if (local.holds) return 'local';
    return remote.holds ? 'remote' : undefined;
  }

  /** The first offer and answer of a call: a direction that it begins with is no hold. */
  begin(offerer: Side, offer?: MediaDirection, answer?: MediaDirection): void {
    this.remember(offerer, offer, answer);
  }

  /** An offer was accepted. What the log does not show of the two is concluded from the other. */
  agree(offerer: Side, offer?: MediaDirection, answer?: MediaDirection): void {
    const offered = offer ?? (answer && mirrored(answer));
    if (offered === undefined) return;
    const offering = this.sides[offerer];
    const answering = this.sides[otherSide(offerer)];
    // The direction that stands already only refreshes the session.
    if (offered !== offering.direction) offering.holds = offered === 'sendonly' || offered === 'inactive';
    const holds = answererHolds(offered, answer);
    if (holds !== undefined) answering.holds = holds;
    this.remember(offerer, offered, answer);
  }

  private remember(offerer: Side, offer?: MediaDirection, answer?: MediaDirection): void {
    const answered = answer ?? (offer && mirrored(offer));
    if (offer) this.sides[offerer].direction = offer;
    if (answered) this.sides[otherSide(offerer)].direction = answered;
  }
}

/** Undefined: as before. */
function answererHolds(offer: MediaDirection, answer: MediaDirection | undefined): boolean | undefined {
  if (answer === undefined || offer === 'inactive') return undefined;
  if (offer === 'recvonly') return answer === 'inactive' ? true : undefined;
  return answer === 'inactive' || answer === 'sendonly';
}
