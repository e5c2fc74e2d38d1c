import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { monotonicMs } from '../../monotonic-ms';
import { programName, sameProgram } from '../../microsip/program-path';
import { ProcessStarts } from '../process/process-starts';
import { processesNamed, processFacts, sessionOf } from '../process/processes';
import { boxWithoutPhone } from './waiting-box';

/** A process that has no window on our desktop after this time (ms) is not going to have one. */
const START_TAKES = 5000;
/** ms between two looks through the list of processes */
const LOOK_INTERVAL = 2000;

export type Absence = Pick<WindowSnapshot, 'presence' | 'problem' | 'box'>;

interface Suspect {
  pid: number;
  sameSession: boolean;
  /** by `monotonicMs` */
  startedAt: number | undefined;
}

const NOT_RUNNING: Absence = { presence: 'absent', problem: 'not_running' };
const OTHER_SESSION: Absence = { presence: 'absent', problem: 'other_session' };
const STARTING: Absence = { presence: 'starting' };

/** Finds out why there is no window of MicroSIP. */
export class AbsenceWatch {
  private lookedAt = -Infinity;
  private latest = NOT_RUNNING;
  private mayStart = true;
  private leaving = 0;
  private goneAt = -Infinity;
  private readonly starts = new ProcessStarts();

  /** @param program path of the program file, empty for any */
  constructor(private readonly program: string) {}

  /** Its window is gone; if the process is still there, it is on its way out. */
  windowGone(pid: number): void {
    this.leaving = pid;
    this.goneAt = monotonicMs();
    this.lookedAt = -Infinity;
  }

  look(): Absence {
    const now = monotonicMs();
    if (now - this.lookedAt >= LOOK_INTERVAL) {
      this.lookedAt = now;
      this.latest = this.judge(this.suspects(), now);
    }
    return this.latest;
  }

  /** Whether one started by us would come up on this desktop. */
  get startMakesSense(): boolean {
    return this.latest.problem !== undefined && this.mayStart;
  }

  private judge(suspects: Suspect[], now: number): Absence {
    const here = suspects.filter(({ sameSession }) => sameSession);
    const inServiceSession = sessionOf(process.pid) === 0;
    // Everybody's own session has its own MicroSIP, but in the services' session nobody would see or hear it.
    this.mayStart = here.length === 0 && !(suspects.length > 0 && inServiceSession);
    for (const { pid } of here) {
      const box = boxWithoutPhone(pid);
      // Where its main window would be by now, a box has come instead (docs/microsip/further.md#I).
      if (box) return { presence: 'absent', problem: box.expired ? 'expired' : 'blocked', box: { title: box.title } };
    }
    const young = here.filter(({ startedAt = -Infinity }) => now - startedAt < START_TAKES);
    if (young.some((one) => !this.spokeToTheGone(one))) return STARTING;
    return suspects.length > young.length ? OTHER_SESSION : NOT_RUNNING;
  }

  /** A second instance that brought it a command, such as the one to exit, outlives its window for a moment (docs/microsip/interface.md#1). */
  private spokeToTheGone({ startedAt }: Suspect): boolean {
    return startedAt !== undefined && startedAt < this.goneAt;
  }

  private suspects(): Suspect[] {
    const ours = sessionOf(process.pid);
    const suspects = processesNamed(programName(this.program))
      .filter((pid) => pid !== process.pid && pid !== this.leaving)
      .map((pid) => ({ pid, sameSession: sessionOf(pid) === ours, ...processFacts(pid) }))
      .filter((one) => this.program === '' || one.program === undefined || sameProgram(one.program, this.program));
    const starts = this.starts.of(suspects);
    return suspects.map(({ pid, sameSession }, index) => ({ pid, sameSession, startedAt: starts[index] }));
  }
}
