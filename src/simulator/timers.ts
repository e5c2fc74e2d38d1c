/** Timers that keep no program alive and that can all be cleared at once. */
export class Timers {
  private readonly running = new Set<NodeJS.Timeout>();

  /** @returns what cancels it; harmless when it is over */
  after(milliseconds: number, run: () => void): () => void {
    const timer = setTimeout(() => {
      this.running.delete(timer);
      run();
    }, milliseconds);
    timer.unref();
    this.running.add(timer);
    return () => {
      this.running.delete(timer);
      clearTimeout(timer);
    };
  }

  clear(): void {
    for (const timer of this.running) clearTimeout(timer);
    this.running.clear();
  }
}
