import type { Clock } from '../../src/clock';

interface Timer {
  at: number;
  run: () => void;
}

/** ms that pass at most between two looks */
const STEP = 50;

/** A clock that stands still until the test lets time pass: a minute takes no time, and always the same happens in it. */
export class FakeClock implements Clock {
  private passed = 0;
  private setBy = 0;
  private readonly timers = new Set<Timer>();

  constructor(private readonly start = Date.UTC(2026, 10, 22, 12)) {}

  now(): number {
    return this.start + Math.floor(this.passed);
  }

  monotonic(): number {
    return this.passed;
  }

  wall(): number {
    return this.now() + this.setBy;
  }

  ahead(): number {
    return this.setBy;
  }

  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.passed + Math.max(1, milliseconds), run };
    this.timers.add(timer);
    return () => {
      this.timers.delete(timer);
    };
  }

  /** Sets the wall clock of the computer: so many ms forward, or back. */
  set(by: number): void {
    this.setBy += by;
  }

  /** Lets so many ms pass; what is due in them happens at its moment. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.passed + milliseconds;
    await settled();
    while (this.passed < end) await this.step(end);
  }

  /** Lets time pass until there is an answer other than undefined. */
  async until<T>(ask: () => T | undefined, longest = 60_000): Promise<T> {
    const end = this.passed + longest;
    for (;;) {
      await settled();
      const answer = ask();
      if (answer !== undefined) return answer;
      if (this.passed >= end) throw new Error(`Not within ${longest} ms: ${ask.toString()}`);
      await this.step(this.passed + STEP);
    }
  }

  /** Lets time pass until a promise is settled. */
  async through<T>(promise: Promise<T>, longest?: number): Promise<T> {
    let over: true | undefined;
    const note = (): void => {
      over = true;
    };
    promise.then(note, note);
    await this.until(() => over, longest);
    return promise;
  }

  /** To the next moment at which something is due, and no further than `end`. */
  private async step(end: number): Promise<void> {
    const due = Math.min(end, ...[...this.timers].map(({ at }) => at));
    this.passed = due;
    for (const timer of [...this.timers]) {
      if (timer.at > due || !this.timers.delete(timer)) continue;
      timer.run();
      await settled();
    }
    await settled();
  }
}

/** When nothing goes on any more that needs no time: promises, turns of the event loop, work on files. */
async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 2; quiet += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (process.getActiveResourcesInfo().some((kind) => /^(?:Immediate|FSReq|FileHandle|CloseReq)/.test(kind)))
      quiet = 0;
  }
}
