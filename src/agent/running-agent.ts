import type { Clock } from '../clock';
import type { SimulatedMicrosip } from '../simulator/simulated-microsip';
import type { AgentLog } from './log/agent-log';

export interface AgentWorld {
  log: AgentLog;
  /** Where it is kept which phones it had, and what survives a restart (`~/.microsip`). */
  directory?: string;
  /** The file of its configuration: what is left at the broker of phones that vanish from it is cleared. */
  file?: string;
  /** Instead of that of the computer, for tests. */
  clock?: Clock;
  /** The simulated MicroSIP of a phone, for who plays it; else each phone on the simulator gets one of its own. */
  simulated?: (phone: string) => SimulatedMicrosip | undefined;
}

/** Who has a phone, as far as it tells. */
export interface PhoneHolder {
  host?: string;
  user?: string;
  session?: string;
}

/** How an agent ended. */
export type AgentEnd =
  | { why: 'stopped' }
  /** Another program connected as this phone. */
  | { why: 'taken_over'; phone: string }
  /** The broker came back, and there another agent, which is alive, has this phone. */
  | { why: 'in_use'; phone: string; holder: PhoneHolder };

export interface RunningAgent {
  /** Says goodbye to the broker and closes the phones; takes bounded time, whatever the broker does. */
  stop(): Promise<void>;
  /** Never rejects. When it ended by itself, all is stopped by then. */
  ended: Promise<AgentEnd>;
}

/** An agent refuses to start: another one, which is alive, has the id of one of its phones. */
export class PhoneInUseError extends Error {
  override readonly name = 'PhoneInUseError';

  constructor(
    readonly phone: string,
    /** The other one. */
    readonly holder: PhoneHolder = {},
  ) {
    super(`in use: ${phone}`);
  }
}
