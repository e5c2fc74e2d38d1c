import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { HOOK_NAMES, type HookName } from '../microsip/hook-names';
import { changeFor, DEFAULT_EVENTS, isOurLine, isWritten, SETTINGS, type Wish } from './change';
import { DIRECTORY_KEY, directoryWarnings, shownAddress } from './directory-warnings';
import { DoctorError } from './program/doctor-error';
import { doctorText } from './program/doctor-text';
import { examine } from './examination';
import { findMicrosip, type Installation, type Target } from './host/find-microsip';
import {
  isEmpty,
  type Change,
  type Examination,
  type HookTrial,
  type AppliedChange,
  type LineChange,
} from './findings';
import { isRecordOurs, readRecord, recordText } from './hooks/hook-record';
import { tryHook } from './hooks/hook-trial';
import { hookValue, type HookProgram } from './hooks/hook-value';
import { IS_ONE_FILE, readOwnFile } from '../own-files';
import { readRegularFileSync } from '../files/regular-file';
import { HostTrouble, type MicrosipHost } from './host/microsip-host';
import type { HostTroubleFound } from './host/troubles';
import { readIni, type ReadIni } from './ini/read-ini';
import { backUp, replaceFile, replaceIni, requireWritable } from './ini/safe-file';
import { clearLeftOvers } from './ini/temporary-file';

export interface DoctorOptions {
  host: MicrosipHost;
  env?: NodeJS.ProcessEnv;
  /** The Node.js program for the hooks; the one that runs this otherwise. */
  node?: string;
  /** The `microsip-agent.exe` that is the hook program itself unless a Node.js is named; the one that runs this, if one does. */
  exe?: string;
  /** Our hook program for Node.js, as it is built. */
  hookProgram?: string;
  now?: () => Date;
}

/** Bytes of the hook program and of what it needs to know. */
const LONGEST_OWN_FILE = 1024 * 1024;

interface PlannedChange {
  change: Change;
  /** The ini with the change in it, and as it was. */
  ini: ReadIni;
  /** The files beside the ini that are written anew, by their paths. */
  contents: Map<string, Buffer>;
}

/** Looks after the program hooks and the log switch of one MicroSIP. Everything it throws on purpose is a DoctorError. */
export class Doctor {
  private readonly host: MicrosipHost;
  private readonly exe: string | undefined;

  constructor(private readonly options: DoctorOptions) {
    this.host = options.host;
    if (options.node === undefined) this.exe = options.exe ?? (IS_ONE_FILE ? process.execPath : undefined);
  }

  /** @throws DoctorError `not_found` */
  find(target: Target): Promise<Installation> {
    return findMicrosip(target, this.host, this.options.env);
  }

  /** @throws DoctorError `ini_missing`, `ini_not_unicode`, `ini_locked` */
  async examine(installation: Installation, wanted: readonly HookName[] = DEFAULT_EVENTS): Promise<Examination> {
    return examine({
      installation,
      ini: (await readIni(installation.ini)).ini,
      record: readRecord(installation.hookRecord),
      running: await this.isRunning(installation),
      troubles: await this.troubles(installation),
      currentScript: this.hookScript(),
      wanted,
    });
  }

  /** @returns undefined when it is not known which program uses the ini */
  async isRunning({ program }: Installation): Promise<boolean | undefined> {
    return program === undefined ? undefined : this.host.isRunning(program);
  }

  private async troubles({ program }: Installation): Promise<HostTroubleFound[]> {
    return (program !== undefined && (await this.host.troubles?.(program))) || [];
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
  async apply(installation: Installation, wish: Wish, { restart = false } = {}): Promise<AppliedChange> {
    const program = programOf(installation);
    const { change } = await this.plan(installation, wish);
    if (isEmpty(change)) return { change, restarted: false };
    if (change.lines.length > 0) await requireWritable(installation.ini);
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
   * Runs what is installed as MicroSIP would and measures. Flows are told nothing. Only what this doctor would install
   * itself is run: whoever can write an ini must not have us start a program.
   * @throws DoctorError `not_installed`, `other_command`
   */
  async test(installation: Installation, runs?: number): Promise<HookTrial> {
    const { ini } = await readIni(installation.ini);
    const program = this.programFor(installation);
    const record = readRecord(installation.hookRecord);
    if (isRecordOurs(installation.hookRecord) && HOOK_NAMES.some((key) => isWritten(ini, key, record, program)))
      return tryHook(hookValue(program, 'trial'), installation.pipe, runs);
    const isOurs = HOOK_NAMES.some((key) => isOurLine(ini.get(SETTINGS, key)));
    throw new DoctorError(isOurs ? 'other_command' : 'not_installed', { ini: installation.ini });
  }

  private async plan(installation: Installation, wish: Wish): Promise<PlannedChange> {
    const read = await readIni(installation.ini);
    const { ini } = read;
    const { hookRecord, hookScript } = installation;
    const { lines, record } = changeFor(wish, ini, readRecord(hookRecord), this.programFor(installation));
    for (const { key, after } of lines) ini.set(SETTINGS, key, after ?? undefined);
    const change: Change = { ini: installation.ini, lines: lines.map(toldLine), written: [], removed: [] };
    if (wish.type === 'directory' && wish.address !== undefined) change.warnings = directoryWarnings(wish.address);
    const contents = new Map<string, Buffer>();
    if (wish.type === 'install') {
      // What the ini is going to name comes first.
      if (this.exe === undefined) contents.set(hookScript, this.hookScript());
      else if (isRemovable(hookScript)) change.removed.push(hookScript);
      contents.set(hookRecord, Buffer.from(recordText(record ?? {})));
      for (const [path, content] of contents) if (!contentOf(path)?.equals(content)) change.written.push(path);
    }
    if (wish.type === 'remove') change.removed.push(...[hookScript, hookRecord].filter(isRemovable));
    return { change, ini: read, contents };
  }

  /** The ini is read again, because MicroSIP writes it when it exits. */
  private async carryOut(installation: Installation, wish: Wish, program: string): Promise<AppliedChange> {
    const { change, ini, contents } = await this.plan(installation, wish);
    for (const path of [installation.ini, installation.hookScript, installation.hookRecord]) await clearLeftOvers(path);
    for (const path of change.written) await replaceFile(path, contents.get(path) ?? Buffer.alloc(0));
    let backup: string | undefined;
    if (change.lines.length > 0) {
      backup = await backUp(installation.ini, ini.bytes, this.options.now?.() ?? new Date());
      await replaceIni(installation.ini, ini.ini.toBytes());
    }
    for (const path of change.removed) rmSync(path, { force: true });
    if (backup !== undefined && (await this.host.isRunning(program))) throw new DoctorError('started_meanwhile');
    return { change, ...(backup !== undefined && { backup }), restarted: false };
  }

  private programFor({ hookScript, hookRecord, pipe }: Installation): HookProgram {
    if (this.exe !== undefined) return { exe: this.exe, record: hookRecord, pipe };
    return { node: this.options.node ?? process.execPath, script: hookScript, pipe };
  }

  private hookScript(): Buffer {
    const { hookProgram } = this.options;
    return hookProgram === undefined ? readOwnFile('bin/microsip-hook.js') : readFileSync(hookProgram);
  }

  private async orFail(code: 'exit_failed' | 'start_failed', program: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      throw new DoctorError(code, {
        program,
        why: error instanceof HostTrouble ? error.message : doctorText('why.failed'),
      });
    }
  }
}

function programOf({ program, ini }: Installation): string {
  if (program === undefined) throw new DoctorError('program_unknown', { ini });
  return program;
}

/** Programs show it and keep it in logs. */
function toldLine(line: LineChange): LineChange {
  const { key, before, after } = line;
  if (key !== DIRECTORY_KEY) return line;
  return { key, before: before && shownAddress(before), after: after && shownAddress(after) };
}

function isRemovable(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isDirectory();
}

/** What a link names is not ours. */
function contentOf(path: string): Buffer | undefined {
  try {
    return lstatSync(path).isFile() ? readRegularFileSync(path, LONGEST_OWN_FILE) : undefined;
  } catch {
    return undefined;
  }
}
