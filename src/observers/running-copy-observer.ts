import type { MicrosipWindow } from '../win32/peer-window';
import type { Observation } from '../phone/ports/observation';
import type { Observer } from '../phone/ports/observer';
import type { PhoneEvent } from '../phone/phone-event';
import { GroupObserver } from './group-observer';

export interface RunningCopyOptions {
  /** Tells which program runs. */
  window: Pick<MicrosipWindow, 'snapshot' | 'onSnapshot'>;
  /** The program until one is seen running; undefined: nothing is observed until then. */
  program: string | undefined;
  /** Makes the observers of what this program writes; their `start` never rejects. */
  observe: (program: string) => readonly Observer[];
}

/** Observes what the running copy of MicroSIP writes: which copy it is may only be known when it runs. */
export class RunningCopyObserver implements Observer {
  private program: string | undefined;
  private group: GroupObserver | undefined;
  private report: ((observation: Observation) => void) | undefined;
  private unsubscribe: () => void = () => undefined;
  private changing: Promise<void> = Promise.resolve();

  constructor(private readonly options: RunningCopyOptions) {}

  async start(report: (observation: Observation) => void): Promise<void> {
    const { window, program } = this.options;
    this.report = report;
    this.unsubscribe();
    this.unsubscribe = window.onSnapshot((snapshot) => void this.follow(snapshot.program));
    await this.follow(window.snapshot?.program ?? program);
  }

  async refresh(): Promise<void> {
    await this.group?.refresh();
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    this.report = undefined;
    await this.change(undefined);
  }

  noteEvent(event: PhoneEvent): void {
    this.group?.noteEvent(event);
  }

  private async follow(program: string | undefined): Promise<void> {
    if (program === undefined || program.toLowerCase() === this.program?.toLowerCase()) return;
    await this.change(program);
  }

  private change(program: string | undefined): Promise<void> {
    this.program = program;
    this.changing = this.changing.then(async () => {
      const before = this.group;
      this.group = undefined;
      await before?.stop();
      const { report } = this;
      if (program === undefined || program !== this.program || !report) return;
      this.group = new GroupObserver(() => this.options.observe(program));
      await this.group.start(report);
    });
    return this.changing;
  }
}
