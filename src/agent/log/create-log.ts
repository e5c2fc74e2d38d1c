import type { Clock } from '../../clock';
import type { AgentLog, LogFields } from './agent-log';
import { LOG_LEVELS, logLine, type Hiding, type LogFormat, type LogLevel } from './log-line';

export interface LogOptions {
  level: LogLevel;
  format: LogFormat;
  clock: Clock;
  /** Each gets every line. */
  writers: readonly ((line: string) => void)[];
  hide: Hiding;
}

export function createLog({ level, format, clock, writers, hide }: LogOptions): AgentLog {
  const least = LOG_LEVELS.indexOf(level);
  const write = (of: LogLevel, event: string, fields: LogFields = {}): void => {
    if (LOG_LEVELS.indexOf(of) < least) return;
    const time = new Date(clock.wall()).toISOString();
    const line = logLine({ time, level: of, event, fields }, format, hide);
    for (const writer of writers) writer(line);
  };
  return {
    debug: (event, fields) => {
      write('debug', event, fields);
    },
    info: (event, fields) => {
      write('info', event, fields);
    },
    warn: (event, fields) => {
      write('warn', event, fields);
    },
    error: (event, fields) => {
      write('error', event, fields);
    },
  };
}
