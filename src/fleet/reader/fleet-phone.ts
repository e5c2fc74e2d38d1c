import type { ToldSnapshot } from '../../messages/snapshot-json';
import type { CallQuality } from '../../phone/calls/call-quality';
import type { FleetInfo } from '../protocol/fleet-info';

/**
 * A phone of a fleet as its readers know it. What is in it belongs to the reader, which would have to copy it for each look at
 * a thousand phones: it is not to be changed, and to be copied by who hands it out.
 */
export interface FleetPhone {
  id: string;
  /** What messages call it; absent until its state was seen. */
  name?: string;
  /** The broker is reached, and the phone's agent is there. */
  online: boolean;
  /** Only while it is online: what was kept of an agent that is away says nothing. */
  snapshot?: ToldSnapshot;
  missedToday?: number;
  /** How the last call that was heard to be over came through. */
  lastQuality?: CallQuality;
  session?: string;
  /** Of the newest event that was seen or has been missed. */
  seq?: number;
  info?: FleetInfo;
  /** Since when its state is as it is, ms since 1970 by our clock. */
  since?: number;
  /** When its agent spoke last, ms since 1970 by our clock; absent while all that is known was kept by the broker. */
  lastSeen?: number;
}
