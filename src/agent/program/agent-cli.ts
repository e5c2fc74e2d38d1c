import { brokerTrouble } from '../check/broker-trouble';
import { ConfigError } from '../config/config-problem';
import { ConnectFailure } from '../connection/connect-failure';
import { hiding } from '../log/log-line';
import { AgentError, EXIT_CODES, type AgentErrorCode } from './agent-error';
import { agentText } from './agent-text';
import { cliOptions, type CliOptions } from './cli-options';
import type { CliResult, CliSurroundings } from './cli-surroundings';
import { check } from './commands/check';
import { forget } from './commands/forget';
import { install, uninstall } from './commands/install';
import { run } from './commands/run';
import { status } from './commands/status';
import { problemLines } from './problem-lines';

/**
 * The program `microsip-agent`. What is no agent that runs prints, with `--json`, one line with one object, whatever
 * happens.
 * @param args what follows the program's name
 * @returns the exit code: see `usage` in the catalog
 */
export async function runAgentCli(args: readonly string[], surroundings: CliSurroundings): Promise<number> {
  const { print } = surroundings;
  const secrets: string[] = [];
  const result = await resultOf(args, surroundings, secrets);
  if (typeof result === 'number') return result;
  const { exitCode, lines, data } = result;
  if (args.includes('--json')) print(JSON.stringify({ ok: exitCode === 0, exitCode, ...data }));
  else for (const line of lines) print(line);
  return exitCode;
}

/** @param secrets those of the configuration, as soon as they are known */
async function resultOf(
  args: readonly string[],
  surroundings: CliSurroundings,
  secrets: string[],
): Promise<CliResult | number> {
  try {
    const options = cliOptions(args, surroundings.env);
    return await carriedOut(options, surroundings, secrets);
  } catch (error) {
    return failed(error, secrets);
  }
}

function carriedOut(
  options: CliOptions,
  surroundings: CliSurroundings,
  secrets: string[],
): CliResult | Promise<CliResult | number> {
  switch (options.command) {
    case 'help': {
      const usage = agentText('usage');
      return { exitCode: 0, lines: [usage], data: { usage } };
    }
    case 'version': {
      const { version } = surroundings;
      return { exitCode: 0, lines: [version], data: { version } };
    }
    case 'run':
      return run(options, surroundings, secrets);
    case 'check':
      return check(options, surroundings, secrets);
    case 'forget':
      return forget(options, surroundings, secrets);
    case 'install':
      return install(options, surroundings, secrets);
    case 'uninstall':
      return uninstall(options, surroundings);
    case 'status':
      return status(options, surroundings, secrets);
  }
}

function failed(error: unknown, secrets: readonly string[]): CliResult {
  if (error instanceof ConfigError) {
    const { problems } = error;
    const sentences = problemLines(problems);
    const lines = [agentText('error.config'), ...sentences.map((line) => `  ${line}`)];
    return failure('config', EXIT_CODES.config, lines, { problems });
  }
  if (error instanceof ConnectFailure) {
    const { code, reason } = brokerTrouble(error);
    return failure(code, EXIT_CODES[code], [agentText(`broker.${reason}`)], { reason });
  }
  if (error instanceof AgentError) return failure(error.code, error.exitCode, [error.message]);
  // What others say was not written for everybody's eyes.
  const why = hiding(secrets)(error instanceof Error ? error.message : String(error));
  return failure('unexpected', EXIT_CODES.unexpected, [agentText('error.unexpected', { why })]);
}

function failure(
  code: AgentErrorCode,
  exitCode: number,
  lines: readonly string[],
  more: Record<string, unknown> = {},
): CliResult {
  return { exitCode, lines, data: { error: { code, message: lines.join('\n'), ...more } } };
}
