import { cliOptions, type CliOptions } from './cli-options';
import type { Wish } from '../change';
import { Doctor, type DoctorOptions } from '../doctor';
import { DoctorError } from './doctor-error';
import { doctorText } from './doctor-text';
import type { Installation } from '../host/find-microsip';
import { isEmpty, type HookTrial } from '../findings';
import type { MicrosipHost } from '../host/microsip-host';
import { changeLines, examinationLines, appliedLines, trialLines } from '../report';

export interface CliSurroundings extends Omit<DoctorOptions, 'host' | 'node'> {
  host: () => MicrosipHost;
  print: (line: string) => void;
  /** Asks a person yes or no; undefined when nobody is there to answer. */
  ask?: (question: string) => Promise<boolean>;
}

/** Besides those of a DoctorError. */
export const CLI_EXIT_CODES = { unexpected: 1, unhealthy: 7, not_received: 8 } as const;

interface Result {
  exitCode: number;
  lines: string[];
  data: Record<string, unknown>;
}

/**
 * The program `microsip-doctor`. With `--json` it prints one line with one object, whatever happens.
 * @param args what follows the program's name
 * @returns the exit code: see `usage` in the catalog
 */
export async function runDoctorCli(args: readonly string[], surroundings: CliSurroundings): Promise<number> {
  const { print } = surroundings;
  const json = args.includes('--json');
  const result = await resultOf(args, surroundings);
  if (json) print(JSON.stringify({ ok: result.exitCode === 0, exitCode: result.exitCode, ...result.data }));
  else for (const line of result.lines) print(line);
  return result.exitCode;
}

async function resultOf(args: readonly string[], surroundings: CliSurroundings): Promise<Result> {
  try {
    const options = cliOptions(args);
    if (options.command.type === 'help') {
      const usage = doctorText('usage');
      return { exitCode: 0, lines: [usage], data: { usage } };
    }
    return await new DoctorCli(options, surroundings).run();
  } catch (error) {
    const known = error instanceof DoctorError ? error : undefined;
    const message = error instanceof Error ? error.message : String(error);
    const code = known?.code ?? 'unexpected';
    return {
      exitCode: known?.exitCode ?? CLI_EXIT_CODES.unexpected,
      lines: [message],
      data: { error: { code, sentence: known?.sentence, message, params: known?.params } },
    };
  }
}

class DoctorCli {
  private readonly doctor: Doctor;

  constructor(
    private readonly options: CliOptions,
    private readonly surroundings: CliSurroundings,
  ) {
    const { host, ...rest } = surroundings;
    this.doctor = new Doctor({ ...rest, host: host(), ...(options.node !== undefined && { node: options.node }) });
  }

  async run(): Promise<Result> {
    const { command, target, events } = this.options;
    const installation = await this.doctor.find(target);
    switch (command.type) {
      case 'help':
      case 'show':
      case 'check': {
        const seen = await this.doctor.examine(installation, events);
        const unhealthy = command.type === 'check' && (!seen.healthy || seen.troubles !== undefined);
        return {
          exitCode: unhealthy ? CLI_EXIT_CODES.unhealthy : 0,
          lines: examinationLines(seen, doctorText),
          data: { found: seen },
        };
      }
      case 'test':
        return tested(await this.doctor.test(installation), [], {});
      case 'wish':
        return this.change(installation, command.wish);
    }
  }

  private async change(installation: Installation, wish: Wish): Promise<Result> {
    const { dryRun, restart } = this.options;
    const change = await this.doctor.preview(installation, wish);
    if (dryRun) {
      const running = await this.doctor.isRunning(installation);
      return { exitCode: 0, lines: changeLines(change, doctorText), data: { change, dryRun, running } };
    }
    if (!isEmpty(change)) {
      if (!restart) await this.doctor.requireStopped(installation);
      await this.confirm(changeLines(change, doctorText));
    }
    const applied = await this.doctor.apply(installation, wish, { restart });
    const lines = [...changeLines(applied.change, doctorText), ...appliedLines(applied, doctorText)];
    const data = { ...applied };
    if (wish.type !== 'install') return { exitCode: 0, lines, data };
    return tested(await this.doctor.test(installation), lines, data);
  }

  private async confirm(lines: readonly string[]): Promise<void> {
    const { ask } = this.surroundings;
    if (this.options.yes) return;
    if (!ask || this.options.json) throw new DoctorError('not_confirmed');
    const question = doctorText(this.options.restart ? 'change.ask_restart' : 'change.ask');
    if (!(await ask([...lines, question].join('\n')))) throw new DoctorError('not_confirmed');
  }
}

function tested(trial: HookTrial, lines: readonly string[], data: Record<string, unknown>): Result {
  return {
    exitCode: trial.received === trial.runs ? 0 : CLI_EXIT_CODES.not_received,
    lines: [...lines, ...trialLines(trial, doctorText)],
    data: { ...data, test: trial },
  };
}
