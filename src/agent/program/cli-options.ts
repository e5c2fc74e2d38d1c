import { parseArgs } from 'node:util';
import { LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from '../log/log-line';
import { AgentError } from './agent-error';

export const COMMANDS = ['run', 'install', 'uninstall', 'status'] as const;

export interface CliOptions {
  command: (typeof COMMANDS)[number] | 'help' | 'version' | 'check' | 'forget';
  config?: string;
  /** The id of the phone to forget. */
  forget: string;
  json: boolean;
  yes: boolean;
  dryRun: boolean;
  logLevel: LogLevel;
  /** Absent: for people on a terminal, else for programs. */
  logFormat?: LogFormat;
  logFile?: string;
}

export const CLI_OPTIONS = {
  config: { type: 'string' },
  check: { type: 'boolean', default: false },
  forget: { type: 'string' },
  'log-level': { type: 'string' },
  'log-format': { type: 'string' },
  'log-file': { type: 'string' },
  json: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false, short: 'y' },
  version: { type: 'boolean', default: false, short: 'v' },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;

/** What may come from the environment instead. */
export const VARIABLES = {
  config: 'MICROSIP_AGENT_CONFIG',
  'log-level': 'MICROSIP_AGENT_LOG_LEVEL',
  'log-format': 'MICROSIP_AGENT_LOG_FORMAT',
  'log-file': 'MICROSIP_AGENT_LOG_FILE',
} as const;

/** @throws AgentError `usage` */
export function cliOptions(args: readonly string[], env: NodeJS.ProcessEnv): CliOptions {
  const { values, positionals } = parse(args);
  const given = (name: keyof typeof VARIABLES): string | undefined =>
    values[name] ?? (env[VARIABLES[name]] || undefined);
  const [config, logFile] = [given('config'), given('log-file')];
  const logFormat = word('--log-format', given('log-format'), LOG_FORMATS);
  return {
    command: commandOf(positionals, values),
    ...(config !== undefined && { config }),
    forget: values.forget ?? '',
    json: values.json,
    yes: values.yes,
    dryRun: values['dry-run'],
    logLevel: word('--log-level', given('log-level'), LOG_LEVELS) ?? 'info',
    ...(logFormat && { logFormat }),
    ...(logFile !== undefined && { logFile }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: CLI_OPTIONS, allowPositionals: true });
  } catch (error) {
    // What follows the first sentence is advice for other cases.
    throw usage(error instanceof Error ? (error.message.split('. ')[0] ?? '') : '');
  }
}

function commandOf(
  words: readonly string[],
  { help, version, check, forget }: { help: boolean; version: boolean; check: boolean; forget?: string | undefined },
): CliOptions['command'] {
  const [word = 'run', ...more] = words;
  if (help || word === 'help') return 'help';
  if (version) return 'version';
  const command = COMMANDS.find((one) => one === word);
  if (!command || more.length > 0) throw usage(words.join(' '));
  if (!check && forget === undefined) return command;
  if (words.length > 0 || (check && forget !== undefined)) throw usage([...words, '--check', '--forget'].join(' '));
  return check ? 'check' : 'forget';
}

function word<W extends string>(option: string, value: string | undefined, words: readonly W[]): W | undefined {
  if (value === undefined) return undefined;
  const found = words.find((one) => one === value);
  if (found === undefined) throw usage(`${option} ${value.slice(0, 40)} (${words.join(', ')})`);
  return found;
}

function usage(why: string): AgentError {
  return new AgentError('usage', { why });
}
