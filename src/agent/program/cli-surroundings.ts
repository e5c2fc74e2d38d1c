import type { Clock } from '../../clock';
import type { TaskScheduler } from '../logon-task/schtasks';
import type { TaskSurroundings } from '../logon-task/task-plan';
import type { RunOptions } from './run-agent';

export interface CliSurroundings extends Pick<RunOptions, 'signals' | 'start' | 'exit'> {
  print: (line: string) => void;
  /** A line of the log. */
  printLog: (line: string) => void;
  /** The log is read by a person. */
  isTerminal: boolean;
  /** Asks a person yes or no; undefined when nobody is there to answer. */
  ask?: (question: string) => Promise<boolean>;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  /** Where phones and agents keep what they have to remember. */
  directory: string;
  version: string;
  platform: NodeJS.Platform;
  task: Omit<TaskSurroundings, 'env'>;
  scheduler: TaskScheduler;
}

/** What a command comes to, but running. */
export interface CliResult {
  exitCode: number;
  lines: readonly string[];
  data: Record<string, unknown>;
}
