import { endsProgram, type Encoded, type WindowOptions } from '../peer-window';
import { PhoneError } from '../../phone/errors/phone-error';
import { AbsenceWatch, type Absence } from './absence';
import type { Budget } from './budget';
import { monotonicMs } from '../../monotonic-ms';
import { closeHandle, hasEnded, openForWaiting, processFacts } from '../process/processes';
import type { PeerWatch } from '../thread/peer-watch';
import { plainProgramPath, sameProgram } from '../../microsip/program-path';
import { ProgramStart } from '../process/program-start';
import { forgetProgramVersion, programVersion } from '../installation/program-version';
import { installedProgram } from '../installation/registry';
import type { Handle } from '../api/user32';
import { WinEvents } from '../api/win-events';
import type { Contents, WindowDialect } from './window-dialect';
import { ping, WindowTrouble, type Trouble } from './window-reader';
import { findMainWindow, isStill, processOf, type FoundWindow } from './window-search';
import type { WindowSnapshot } from '../../microsip/window-snapshot';

/** While MicroSIP hangs, it is asked with this patience (ms), and not more often than this (ms). */
const HUNG_READ = 50;
const HUNG_RETRY = 500;
/** More windows than this that were created since the last turn are not looked at one by one. */
const MOST_CREATED = 256;

interface Target {
  found: FoundWindow;
  version: ReturnType<typeof programVersion>;
  dialect: WindowDialect;
  process: Handle;
  events: WinEvents;
  contents?: Contents;
  trouble?: Trouble;
  retryAt: number;
}

/** Finds one MicroSIP, or a program with a window like its, looks at it and hands it commands. For a thread of its own: it may wait for MicroSIP. */
export class MicrosipWatch implements PeerWatch {
  private target: Target | undefined;
  private latest = '';
  /** It was ended by order of this phone. */
  private staysAway = false;
  private installed: string | undefined;
  private created: Handle[] = [];
  private readonly program: string;
  private readonly absence: AbsenceWatch;
  private readonly programStart: ProgramStart;

  /**
   * @param dialectOf makes the way to talk to a window that was found
   * @param report told of every look that saw something new
   * @param onEvent MicroSIP may have changed; called while the thread looks for messages
   */
  constructor(
    private readonly options: WindowOptions,
    private readonly dialectOf: (found: FoundWindow, version: WindowSnapshot['version']) => WindowDialect,
    private readonly report: (snapshot: WindowSnapshot) => void,
    private readonly onEvent: () => void,
  ) {
    this.program = plainProgramPath(options.program ?? '');
    this.absence = new AbsenceWatch(this.program);
    this.programStart = new ProgramStart(this.program);
  }

  get process(): Handle {
    return this.target?.process ?? 0;
  }

  /** Tells of its end even if another MicroSIP is there at once: its calls have ended with it. */
  processEnded(): void {
    if (!this.target) return;
    this.lose(this.target);
    this.publish({ presence: 'absent', problem: 'not_running' });
  }

  notice(): boolean {
    const { created } = this;
    if (created.length === 0) return false;
    this.created = [];
    return this.target?.dialect.notice?.(created) ?? false;
  }

  look(casually: boolean): void {
    const target = this.findTarget();
    if (target) this.lookAt(target, casually && target.events.areHeard);
    if (!this.target) this.publish(this.lookForReasons());
  }

  deliver(encoded: Encoded, budget: Budget): void {
    const target = this.findTarget();
    if (!target) throw this.absenceError();
    try {
      target.dialect.deliver(encoded, budget);
      if (endsProgram(encoded)) this.staysAway = true;
    } catch (error) {
      if (!(error instanceof WindowTrouble)) throw error;
      if (error.trouble === 'gone') throw new PhoneError('not_running');
      if (error.trouble === 'denied') throw new PhoneError('access_denied');
      this.hangs(target);
      throw error;
    }
  }

  isPhone(hwnd: Handle): boolean {
    const found = this.target?.found;
    if (hwnd === 0) return found !== undefined && isStill(found);
    const program = this.program || found?.program || installedProgram();
    const { program: sender } = processFacts(processOf(hwnd));
    return sender !== undefined && program !== undefined && sameProgram(sender, program);
  }

  close(): void {
    if (this.target) this.lose(this.target);
  }

  private findTarget(): Target | undefined {
    if (this.target && !isStill(this.target.found)) this.processEnded();
    if (this.target) return this.target;
    const found = findMainWindow(this.program);
    if (!found) return undefined;
    const process = openForWaiting(found.pid);
    if (hasEnded(process)) {
      closeHandle(process);
      return undefined;
    }
    this.staysAway = false;
    this.programStart.succeeded();
    this.installed = installedProgram();
    const version = found.program === undefined ? undefined : programVersion(found.program);
    this.target = {
      found,
      version,
      dialect: this.dialectOf(found, version),
      process,
      events: new WinEvents(found.pid, (created) => {
        this.heard(created);
      }),
      retryAt: 0,
    };
    return this.target;
  }

  private heard(created: Handle | undefined): void {
    if (created !== undefined && this.created.length < MOST_CREATED) this.created.push(created);
    // Whose windows change does not hang any more.
    if (this.target) this.target.retryAt = 0;
    this.onEvent();
  }

  private lookAt(target: Target, casually: boolean): void {
    const hung = target.trouble === 'hung';
    if (hung && monotonicMs() < target.retryAt) return;
    try {
      if (hung) ping(target.found.hwnd, HUNG_READ);
      const { presence, contents } = target.dialect.look(casually && target.trouble === undefined);
      target.contents = contents;
      delete target.trouble;
      this.publish({ presence });
    } catch (error) {
      if (!(error instanceof WindowTrouble)) throw error;
      this.troubled(target, error.trouble);
    }
  }

  private troubled(target: Target, trouble: Trouble): void {
    switch (trouble) {
      case 'hung':
        this.hangs(target);
        break;
      case 'denied':
        target.trouble = trouble;
        this.publish({ presence: 'absent', problem: 'access_denied' });
        break;
      case 'gone':
        if (!isStill(target.found)) {
          this.processEnded();
          break;
        }
        // Only a control went while it was read.
        if (this.latest === '') this.publish({ presence: 'starting' });
        this.onEvent();
        break;
    }
  }

  private hangs(target: Target): void {
    target.trouble = 'hung';
    target.retryAt = monotonicMs() + Math.max(HUNG_RETRY, this.options.pollInterval);
    const box = target.dialect.box?.();
    const contents: Contents = { rings: [], ...target.contents };
    delete contents.box;
    target.contents = { ...contents, ...(box && { box }) };
    this.publish({ presence: 'hung' });
  }

  private lose(target: Target): void {
    const { found, process, events } = target;
    this.target = undefined;
    this.created = [];
    events.close();
    closeHandle(process);
    if (found.program !== undefined) forgetProgramVersion(found.program);
    this.absence.windowGone(found.pid);
  }

  private lookForReasons(): Absence {
    this.installed = installedProgram();
    const absence = this.absence.look();
    if (this.options.startProgram && !this.staysAway && this.absence.startMakesSense) this.programStart.start();
    return absence.problem === 'not_running' && this.programStart.hasExpired
      ? { presence: 'absent', problem: 'expired' }
      : absence;
  }

  private absenceError(): PhoneError {
    const { presence, problem = 'not_running' } = this.absence.look();
    if (presence === 'starting') return new PhoneError('not_ready');
    if (problem !== 'not_running') return new PhoneError(problem);
    return this.program === ''
      ? new PhoneError('not_running')
      : new PhoneError('not_running', 'not_found_at', { program: this.program });
  }

  private publish(now: Absence): void {
    const { found, version, contents } = this.target ?? {};
    const { installed } = this;
    const snapshot = {
      ...now,
      ...(installed !== undefined && { installed }),
      ...(found && {
        pid: found.pid,
        hwnd: found.hwnd,
        ...(found.startedAt !== undefined && { startedAt: found.startedAt }),
        ...(found.program !== undefined && { program: found.program }),
      }),
      ...(version && { version }),
      ...(contents ?? { rings: [] }),
    };
    const content = JSON.stringify(snapshot);
    if (content === this.latest) return;
    this.latest = content;
    this.report({ time: monotonicMs(), ...snapshot });
  }
}
