import type { MicrosipWindow } from '../win32/peer-window';
import type { Observer, ObserverHost, ObserverMemories, PhoneAct } from '../phone/ports/observer';
import { SerialQueue } from '../serial-queue';
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
export class RunningCopyObserver implements Required<Observer> {
  private program: string | undefined;
  private group: GroupObserver | undefined;
  private host: ObserverHost | undefined;
  private unsubscribe: () => void = () => undefined;
  private readonly changes = new SerialQueue();

  constructor(private readonly options: RunningCopyOptions) {}

  async start(host: ObserverHost): Promise<void> {
    const { window, program } = this.options;
    this.host = host;
    this.unsubscribe();
    this.unsubscribe = window.onSnapshot((snapshot) => void this.follow(snapshot.program));
    await this.follow(window.snapshot?.program ?? program);
  }

  async refresh(): Promise<void> {
    await this.group?.refresh();
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    this.host = undefined;
    await this.change(undefined);
  }

  note(act: PhoneAct): void {
    this.group?.note(act);
  }

  memory(): ObserverMemories {
    return this.group?.memory() ?? {};
  }

  private async follow(program: string | undefined): Promise<void> {
    if (program === undefined || program.toLowerCase() === this.program?.toLowerCase()) return;
    await this.change(program);
  }

  private change(program: string | undefined): Promise<void> {
    this.program = program;
    return this.changes.run(async () => {
      const before = this.group;
      this.group = undefined;
      await before?.stop();
      const { host } = this;
      if (program === undefined || program !== this.program || !host) return;
      this.group = new GroupObserver(() => this.options.observe(program));
      await this.group.start(host);
    });
  }
}
