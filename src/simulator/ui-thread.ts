interface Task {
  run: () => void;
  /** Called instead of `run` when the process goes first. */
  lost: (() => void) | undefined;
}

/** The thread of MicroSIP's windows: does one thing after the other, and nothing while it is stalled. */
export class UiThread {
  private tasks: Task[] = [];
  private scheduled: NodeJS.Immediate | undefined;
  private stopped = false;

  get isStalled(): boolean {
    return this.stopped;
  }

  get isWaiting(): boolean {
    return this.tasks.length > 0;
  }

  /** Runs later, in order, and not before a stall is over: as a message posted to the window. */
  post(run: () => void, lost?: () => void): void {
    this.tasks.push({ run, lost });
    if (!this.stopped) this.scheduled ??= setImmediate(this.work);
  }

  /** Runs now, or when the stall is over. */
  run(task: () => void): void {
    if (this.stopped) this.post(task);
    else task();
  }

  stall(): void {
    this.stopped = true;
    clearImmediate(this.scheduled);
    this.scheduled = undefined;
  }

  resume(): void {
    this.stopped = false;
    this.work();
  }

  /** The process is gone, and what was posted with it. */
  clear(): void {
    clearImmediate(this.scheduled);
    this.scheduled = undefined;
    this.stopped = false;
    for (const { lost } of this.tasks.splice(0)) lost?.();
  }

  private readonly work = (): void => {
    this.scheduled = undefined;
    // What these post themselves comes after whatever else the event loop has to do.
    for (let due = this.tasks.length; due > 0 && !this.stopped; due -= 1) this.tasks.shift()?.run();
    if (this.tasks.length > 0 && !this.stopped) this.scheduled ??= setImmediate(this.work);
  };
}
