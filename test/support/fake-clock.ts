import type { Clock } from '../../src/clock';
import { monotonicMs } from '../../src/monotonic-ms';

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

/** What needs no time and will be over: turns of the event loop, work on files. */
const UNDER_WAY = /^(?:Immediate|FSReq|FileHandle|CloseReq)/;
/** Turns and ms after which what does not come to its end is none of the test's: it must not stop all tests behind it. */
const STUCK = { turns: 500, ms: 5000 };

interface Waiter {
  quiet: number;
  turns: number;
  since: number;
  resolve: () => void;
}

const waiting = new Set<Waiter>();
/** So many are under way for good. */
let stuck = 0;

/** When nothing goes on any more that needs no time: promises, turns of the event loop, work on files. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    // One turn for all who wait: each would take the turn of another one for work that is under way.
    if (waiting.size === 0) setImmediate(turn);
    waiting.add({ quiet: 0, turns: 0, since: monotonicMs(), resolve });
  });
}

function turn(): void {
  const under = process.getActiveResourcesInfo().filter((kind) => UNDER_WAY.test(kind));
  stuck = Math.min(stuck, under.length);
  for (const waiter of waiting) {
    waiter.quiet = under.length > stuck ? 0 : waiter.quiet + 1;
    waiter.turns += 1;
    if (waiter.quiet < 2 && !isStuck(waiter, under)) continue;
    waiting.delete(waiter);
    waiter.resolve();
  }
  if (waiting.size > 0) setImmediate(turn);
}

function isStuck({ turns, since }: Waiter, under: readonly string[]): boolean {
  if (turns < STUCK.turns || monotonicMs() - since < STUCK.ms) return false;
  stuck = under.length;
  console.warn(`FakeClock: does not end: ${under.join(', ')}`);
  return true;
}
