import type { Clock } from '../../clock';
import { withinTime } from '../../within-time';
import type { AgentConfig } from '../config/agent-config';
import type { AgentLog } from '../log/agent-log';
import { PhoneInUseError, type AgentEnd, type AgentWorld, type RunningAgent } from '../running-agent';
import { EXIT_CODES } from './agent-error';
import { interruption, type Interruption, type SignalSource } from './interruption';

export interface RunOptions {
  config: AgentConfig;
  /** In which that was. */
  file?: string;
  log: AgentLog;
  directory: string;
  clock: Clock;
  signals: SignalSource;
  start: (config: AgentConfig, world: AgentWorld) => Promise<RunningAgent>;
  /** Ends the program at once. */
  exit: (code: number) => void;
}

/** ms. Windows gives a console that is closed about 5 s; others wait longer before they kill. */
const GOODBYE = 4000;
/** A terminal says so when Ctrl+C ended a program. */
const INTERRUPTED_TWICE = 130;

/**
 * Runs an agent until it ends, or somebody ends it.
 * @returns the exit code
 */
export async function runAgent({
  config,
  file,
  log,
  directory,
  clock,
  signals,
  start,
  exit,
}: RunOptions): Promise<number> {
  const { first, end } = interruption(signals, ({ reason, error }) => {
    if (error !== undefined) log.error('unexpected', failure(error));
    else log.warn('killed', { reason });
    exit(error === undefined ? INTERRUPTED_TWICE : EXIT_CODES.unexpected);
  });
  try {
    const starting = start(config, { log, directory, clock, ...(file !== undefined && { file }) });
    const began = await Promise.race([starting, first.then((told) => told)]);
    if ('reason' in began) return await stopped(began, starting, log);
    const ended = await Promise.race([began.ended, first]);
    if ('reason' in ended) return await stopped(ended, Promise.resolve(began), log);
    return endOf(ended);
  } catch (error) {
    if (error instanceof PhoneInUseError) return EXIT_CODES.in_use;
    log.error('unexpected', failure(error));
    return EXIT_CODES.unexpected;
  } finally {
    end();
  }
}

async function stopped(
  { reason, error }: Interruption,
  starting: Promise<RunningAgent>,
  log: AgentLog,
): Promise<number> {
  if (error !== undefined) log.error('unexpected', failure(error));
  else log.info('stopping', { reason });
  const stop = starting.then(
    (agent) => agent.stop(),
    () => undefined,
  );
  const isInTime =
    (await withinTime(
      stop.then(
        () => true,
        () => true,
      ),
      GOODBYE,
    )) === true;
  log.info('stopped', isInTime ? {} : { late: true });
  return error === undefined ? 0 : EXIT_CODES.unexpected;
}

function endOf(end: AgentEnd): number {
  return end.why === 'stopped' ? 0 : EXIT_CODES[end.why];
}

function failure(error: unknown): { message: string; stack?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  return { message, ...(stack !== undefined && { stack }) };
}
