import { ConfigError } from '../../config/config-problem';
import type { AgentLog } from '../../log/agent-log';
import { createLog } from '../../log/create-log';
import { LogFile } from '../../log/log-file';
import { hiding } from '../../log/log-line';
import { AgentError } from '../agent-error';
import type { CliOptions } from '../cli-options';
import type { CliSurroundings } from '../cli-surroundings';
import { openConfig, type OpenConfig } from '../open-config';
import { problemLines } from '../problem-lines';
import { runAgent } from '../run-agent';
import { writeRecord } from '../running-record';

/** @returns the exit code */
export async function run(options: CliOptions, surroundings: CliSurroundings, secrets: string[]): Promise<number> {
  const { clock, directory, version, signals, start, exit } = surroundings;
  const log = createLog({
    level: options.logLevel,
    format: options.logFormat ?? (surroundings.isTerminal && options.logFile === undefined ? 'text' : 'json'),
    clock,
    writers: [surroundings.printLog, ...fileOf(options)],
    // They are only known when the file has been read.
    hide: (text) => hiding(secrets)(text),
  });
  const { config, file, warnings } = await openedOrLogged(log, openConfig(options, surroundings, secrets));
  for (const { event } of warnings) log.warn(event, { file });
  log.info('starting', {
    version,
    node: process.version,
    pid: process.pid,
    broker: new URL(config.broker.url).host,
    base: config.base,
    phones: config.phones.map(({ id }) => id).join(' '),
  });
  const records: (() => void)[] = [];
  /** One that is refused beside an agent with the same file must not take that one's record. */
  const startRecorded: typeof start = async (given, world) => {
    const agent = await start(given, world);
    const since = new Date(clock.wall()).toISOString();
    records.push(writeRecord(directory, { pid: process.pid, since, version, config: file }));
    return agent;
  };
  try {
    return await runAgent({ config, file, log, directory, clock, signals, start: startRecorded, exit });
  } finally {
    for (const forget of records) forget();
  }
}

/** A task has no other way to tell. */
async function openedOrLogged(log: AgentLog, opening: Promise<OpenConfig>): Promise<OpenConfig> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof ConfigError) log.error('config', { message: problemLines(error.problems).join(' ') });
    throw error;
  }
}

/** @throws AgentError `usage` for a file that cannot be written */
function fileOf({ logFile }: CliOptions): ((line: string) => void)[] {
  if (logFile === undefined) return [];
  const file = new LogFile(logFile);
  try {
    file.probe();
  } catch {
    throw new AgentError('usage', { path: logFile }, 'log_file');
  }
  return [
    (line) => {
      file.write(line);
    },
  ];
}
