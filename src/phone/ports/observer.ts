import type { PhoneEvent } from '../phone-event';
import type { Observation } from './observation';

/** One source of observations about one MicroSIP. */
export interface Observer {
  /** Reports the current state first, then every change. `report` never throws. */
  start(report: (observation: Observation) => void): Promise<void>;
  /** Looks again now; resolves when all that was seen has been reported, or could not be had in time. */
  refresh(): Promise<void>;
  /** Leaves no timer, thread or listener behind. */
  stop(): Promise<void>;
  /** Told of each event of the phone, for observers that keep account of what has been told. */
  noteEvent?(event: PhoneEvent): void;
  /** Told of each dial that the peer took, before anything can be seen of its call. */
  noteDial?(number: string): void;
  /** Told when the peer took an order to end calls. */
  noteHangup?(): void;
}
