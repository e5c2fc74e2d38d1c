import type { TextParams } from '../../catalog';
import { agentText } from './agent-text';

/** What each way of failing gives as the exit code of `microsip-agent`. */
export const EXIT_CODES = {
  unexpected: 1,
  usage: 2,
  config: 2,
  broker_unreachable: 3,
  broker_refused: 4,
  phone: 5,
  not_confirmed: 6,
  in_use: 7,
  taken_over: 8,
  task: 9,
  not_windows: 9,
  not_running: 10,
} as const;

export type AgentErrorCode = keyof typeof EXIT_CODES;

/** The one error that the program throws on purpose; its message says what to do. */
export class AgentError extends Error {
  override readonly name = 'AgentError';

  /** @param sentence in the catalog, where a code has several */
  constructor(
    readonly code: AgentErrorCode,
    readonly params: TextParams = {},
    readonly sentence: string = code,
  ) {
    super(agentText(`error.${sentence}`, params));
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}
