import type { Clock } from '../clock';

/** Timers that keep no program alive and that can all be cleared at once. */
export class Timers {
  private readonly running = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /** @returns what cancels it; harmless when it is over */
  after(milliseconds: number, run: () => void): () => void {
    const over = (): void => {
      this.running.delete(over);
      stop();
    };
    const stop = this.clock.after(
      milliseconds,
      () => {
        this.running.delete(over);
        run();
      },
      { idle: true },
    );
    this.running.add(over);
    return over;
  }

  clear(): void {
    for (const cancel of [...this.running]) cancel();
  }
}
