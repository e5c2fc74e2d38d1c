import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HOOK_NAMES, type HookName } from '../observers/hooks/hook-names';
import { changeFor, DEFAULT_EVENTS, isOurLine, SETTINGS, type Wish } from './change';
import { DoctorError } from './doctor-error';
import { examine } from './examination';
import { findMicrosip, type Installation, type Target } from './find-microsip';
import { isEmpty, type Change, type Examination, type HookTrial, type Outcome } from './findings';
import { readRecord, recordText } from './hook-record';
import { tryHook } from './hook-trial';
import type { HookProgram } from './hook-value';
import type { IniFile } from '../installation/ini-file';
import { unquoted } from '../installation/ini-value';
import type { MicrosipHost } from './microsip-host';
import { backUp, readIni, replaceFile } from './safe-file';

export interface DoctorOptions {
  host: MicrosipHost;
  env?: NodeJS.ProcessEnv;
  /** The Node.js program for the hooks; the one that runs this otherwise. */
  node?: string;
  /** Our hook program, as it is built. */
  hookProgram?: string;
  now?: () => Date;
}

interface Plan {
  change: Change;
  /** The ini with the change in it. */
  ini: IniFile;
  /** The files beside the ini that are written anew, by their paths. */
  contents: Map<string, Buffer>;
}

/** Looks after the program hooks and the log switch of one MicroSIP. Everything it throws on purpose is a DoctorError. */
export class Doctor {
  private readonly host: MicrosipHost;
  private readonly hookProgram: string;

  constructor(private readonly options: DoctorOptions) {
    this.host = options.host;
    this.hookProgram = options.hookProgram ?? join(__dirname, '../../bin/microsip-hook.js');
  }

  /** @throws DoctorError `not_found` */
  find(target: Target): Promise<Installation> {
    return findMicrosip(target, this.host, this.options.env);
  }

  /** @throws DoctorError `ini_missing`, `ini_not_unicode`, `ini_locked` */
  async examine(installation: Installation, wanted: readonly HookName[] = DEFAULT_EVENTS): Promise<Examination> {
    return examine({
      installation,
      ini: await readIni(installation.ini),
      record: readRecord(installation.hookRecord),
      running: await this.isRunning(installation),
      currentScript: readFileSync(this.hookProgram),
      wanted,
    });
  }

  /** @returns undefined when it is not known which program uses the ini */
  async isRunning({ program }: Installation): Promise<boolean | undefined> {
    return program === undefined ? undefined : this.host.isRunning(program);
  }

  /** What `apply` would do. */
  async preview(installation: Installation, wish: Wish): Promise<Change> {
    return (await this.plan(installation, wish)).change;
  }

  /**
   * Edits the ini while MicroSIP is not running: it would write its own values back. With `restart`, a MicroSIP that
   * runs is exited, which ends its calls, and started again.
   * @throws DoctorError `program_unknown`, `running`, `exit_failed`, `start_failed`, and those of `examine` and `hookValue`
   */
  async apply(installation: Installation, wish: Wish, { restart = false } = {}): Promise<Outcome> {
    const program = programOf(installation);
    const { change } = await this.plan(installation, wish);
    if (isEmpty(change)) return { change, restarted: false };
    if (!restart) await this.requireStopped(installation);
    if (!(await this.host.isRunning(program))) return this.carryOut(installation, wish, program);
    await this.orFail('exit_failed', program, () => this.host.exit(program));
    try {
      return { ...(await this.carryOut(installation, wish, program)), restarted: true };
    } finally {
      // Whatever went wrong, the user had a phone before.
      await this.orFail('start_failed', program, () => this.host.start(program));
    }
  }

  /** @throws DoctorError `running`, `program_unknown` */
  async requireStopped(installation: Installation): Promise<void> {
    const program = programOf(installation);
    if (await this.host.isRunning(program)) throw new DoctorError('running', { program });
  }

  /**
   * Runs what is installed as MicroSIP would and measures. Flows are told nothing.
   * @throws DoctorError `not_installed`
   */
  async test(installation: Installation, runs?: number): Promise<HookTrial> {
    const ini = await readIni(installation.ini);
    for (const key of HOOK_NAMES) {
      const raw = ini.get(SETTINGS, key);
      if (raw !== undefined && isOurLine(raw))
        return tryHook(unquoted(raw).replace(` ${key} `, ' trial '), installation.pipe, runs);
    }
    throw new DoctorError('not_installed', { ini: installation.ini });
  }

  private async plan(installation: Installation, wish: Wish): Promise<Plan> {
    const ini = await readIni(installation.ini);
    const { hookRecord, hookScript } = installation;
    const { lines, record } = changeFor(wish, ini, readRecord(hookRecord), this.programFor(installation));
    for (const { key, after } of lines) ini.set(SETTINGS, key, after ?? undefined);
    const change: Change = { ini: installation.ini, lines, written: [], removed: [] };
    const contents = new Map<string, Buffer>();
    if (wish.type === 'install') {
      // What the ini is going to name comes first.
      contents.set(hookScript, readFileSync(this.hookProgram)).set(hookRecord, Buffer.from(recordText(record ?? {})));
      for (const [path, content] of contents) if (!contentOf(path)?.equals(content)) change.written.push(path);
    }
    if (wish.type === 'remove') change.removed.push(...[hookScript, hookRecord].filter((path) => existsSync(path)));
    return { change, ini, contents };
  }

  /** The ini is read again, because MicroSIP writes it when it exits. */
  private async carryOut(installation: Installation, wish: Wish, program: string): Promise<Outcome> {
    const { change, ini, contents } = await this.plan(installation, wish);
    for (const path of change.written) await replaceFile(path, contents.get(path) ?? '');
    let backup: string | undefined;
    if (change.lines.length > 0) {
      backup = backUp(installation.ini, this.options.now?.() ?? new Date());
      await replaceFile(installation.ini, ini.toBytes());
    }
    for (const path of change.removed) rmSync(path, { force: true });
    if (backup !== undefined && (await this.host.isRunning(program))) throw new DoctorError('started_meanwhile');
    return { change, ...(backup !== undefined && { backup }), restarted: false };
  }

  private programFor({ hookScript, pipe }: Installation): HookProgram {
    return { node: this.options.node ?? process.execPath, script: hookScript, pipe };
  }

  private async orFail(code: 'exit_failed' | 'start_failed', program: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      throw new DoctorError(code, { program, why: error instanceof Error ? error.message : String(error) });
    }
  }
}

function programOf({ program, ini }: Installation): string {
  if (program === undefined) throw new DoctorError('program_unknown', { ini });
  return program;
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
