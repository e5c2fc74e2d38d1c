import type { ErrorReason } from '../errors/phone-error';
import type { Link } from './link';
import type { Source } from '../calls/call';
import type { Observer } from './observer';
import type { Surface } from './surface';

/** The two directions of a connection to one MicroSIP. */
export interface Connection {
  /** Without one the phone takes no commands. */
  link?: Link;
  /** The source whose keys of calls the link understands. */
  source: Source;
  /**
   * The source that tells best whether MicroSIP is there, so that it is waited for and no other one believed against it.
   * Absent: nobody does, and whoever spoke last is believed.
   */
  presence?: Source;
  observers: readonly Observer[];
  /** What there is to say when the peer is not there: the reason of the error `not_running`. */
  absence?: ErrorReason<'not_running'>;
  /** Absent: the peer shows neither its window nor its mute boxes and levels. */
  surface?: Surface;
}
