import type { Clock } from '../clock';
import type { AgentLog } from './log/agent-log';

export interface AgentWorld {
  log: AgentLog;
  /** Where it is kept which phones it had (`~/.microsip`). */
  directory?: string;
  /** Instead of that of the computer, for tests. */
  clock?: Clock;
}

/** How an agent ended. */
export type AgentEnd =
  | { why: 'stopped' }
  /** Another program connected as this phone. */
  | { why: 'taken_over'; phone: string };

export interface RunningAgent {
  /** Says goodbye to the broker and closes the phones; takes bounded time, whatever the broker does. */
  stop(): Promise<void>;
  /** Never rejects. */
  ended: Promise<AgentEnd>;
}

/** An agent refuses to start: another one, which is alive, has the id of one of its phones. */
export class PhoneInUseError extends Error {
  override readonly name = 'PhoneInUseError';

  constructor(
    readonly phone: string,
    /** Of the other one, as far as it tells. */
    readonly holder: { host?: string; user?: string; session?: string } = {},
  ) {
    super(`in use: ${phone}`);
  }
}
