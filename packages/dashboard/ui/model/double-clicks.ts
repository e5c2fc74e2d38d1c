/** ms; who presses again later means it, above all when no answer came */
const DOUBLE_CLICK = 700;

/** A double click asks for one call, not for two. */
export class DoubleClicks {
  private readonly begun = new Map<string, Promise<boolean>>();

  constructor(private readonly ms = DOUBLE_CLICK) {}

  /** @param carryOut is not called for the second click; but each key of the key pad counts */
  run(command: Record<string, unknown>, carryOut: () => Promise<boolean>): Promise<boolean> {
    if (command['type'] === 'dtmf') return carryOut();
    const key = JSON.stringify(command);
    const first = this.begun.get(key);
    if (first) return first;
    const done = carryOut();
    this.begun.set(key, done);
    setTimeout(() => this.begun.delete(key), this.ms);
    return done;
  }
}
