interface Task {
  run: () => void;
  /** Called instead of `run` when the process goes first. */
  lost: (() => void) | undefined;
}

/** The thread of MicroSIP's windows: does one thing after the other, and nothing while it is stalled. */
export class UiThread {
  private tasks: Task[] = [];
  /** The rest of what was being done when somebody held the thread up. */
  private steps: (() => void)[] = [];
  private holder: object | undefined;
  private scheduled: NodeJS.Immediate | undefined;
  private stopped = false;

  get isStalled(): boolean {
    return this.stopped || this.holder !== undefined;
  }

  get isWaiting(): boolean {
    return this.tasks.length + this.steps.length > 0;
  }

  /** Runs later, in order, and not before a stall is over: as a message posted to the window. */
  post(run: () => void, lost?: () => void): void {
    this.tasks.push({ run, lost });
    if (!this.isStalled) this.scheduled ??= setImmediate(this.work);
  }

  /** Runs now, or when the stall is over. */
  run(task: () => void): void {
    if (this.isStalled) this.post(task);
    else task();
  }

  /** Goes on with what is being done: now, or when nobody holds the thread up any more, before anything that was posted. */
  proceed(step: () => void): void {
    if (this.holder) this.steps.push(step);
    else step();
  }

  /**
   * Waits for something in the middle of what is being done, as for a program that was started. Only within `proceed`.
   * @returns what ends the wait; harmless when it is over
   */
  hold(): () => void {
    const holder = {};
    this.holder = holder;
    this.unschedule();
    return () => {
      if (this.holder !== holder) return;
      this.holder = undefined;
      this.goOn();
    };
  }

  stall(): void {
    this.stopped = true;
    this.unschedule();
  }

  resume(): void {
    this.stopped = false;
    this.goOn();
  }

  /** The process is gone, and what was posted with it. */
  clear(): void {
    this.unschedule();
    this.stopped = false;
    this.holder = undefined;
    this.steps = [];
    for (const { lost } of this.tasks.splice(0)) lost?.();
  }

  private unschedule(): void {
    clearImmediate(this.scheduled);
    this.scheduled = undefined;
  }

  private goOn(): void {
    while (!this.isStalled) {
      const step = this.steps.shift();
      if (!step) break;
      step();
    }
    if (!this.isStalled) this.work();
  }

  private readonly work = (): void => {
    this.unschedule();
    // What these post themselves comes after whatever else the event loop has to do.
    for (let due = this.tasks.length; due > 0 && !this.isStalled; due -= 1) this.tasks.shift()?.run();
    if (this.tasks.length > 0 && !this.isStalled) this.scheduled ??= setImmediate(this.work);
  };
}
