import type { Source } from '../calls/call';
import type { PhoneError } from '../errors/phone-error';
import type { FinishedCall } from '../phone-event';
import type { Conclusion } from '../tracker/state/conclusions';
import type { Observation, OwnAct } from './observation';

/** How far a command has come. Between `read` and the end (`done`, `failed`) some may be missing, or come several times. */
export type CommandStep = 'read' | 'permitted' | 'planned' | 'deliver' | 'delivered' | 'looked' | 'done' | 'failed';

/** Something that helps to find out why the phone did what it did. */
export type TraceEntry =
  /** What the phone is set to. */
  | { kind: 'settings'; settings: object }
  | { kind: 'phone'; is: 'opening' | 'open' | 'closed' }
  /** What a source sees; only what is not as in its look before is news. */
  | { kind: 'look'; source: Source; shows: object }
  /** `callId`: what the observed call is known by. */
  | { kind: 'seen'; observation: Observation; callId?: string | undefined }
  | { kind: 'act'; act: OwnAct }
  | { kind: 'concluded'; conclusion: Conclusion }
  | { kind: 'finished'; finished: FinishedCall }
  | { kind: 'problem'; error: PhoneError }
  /** `command` numbers the commands of a phone, `ms` counts from when it was read. */
  | { kind: 'command'; command: number; step: CommandStep; ms: number; with?: object };

/**
 * Where everything is told that explains what a phone did. Who has none tells nothing, and makes nothing up for it: entries
 * are made in the call itself, behind a `?.`.
 */
export interface Trace {
  /** Takes what it needs of the entry before it returns. Never throws, and waits for nothing. */
  note(entry: TraceEntry): void;
}
