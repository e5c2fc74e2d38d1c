/** What waits to be published, the newest so many: the oldest give way. Each is taken in order, and again unless done. */
export class Backlog<T> {
  /** Both in the order in which they came; all that are under way came before all that wait. */
  private underWay = new Map<number, T>();
  private waiting = new Map<number, T>();
  private last = 0;
  /** How many had to give way. */
  dropped = 0;

  constructor(private readonly capacity: number) {}

  get length(): number {
    return this.underWay.size + this.waiting.size;
  }

  add(item: T): void {
    this.last += 1;
    this.waiting.set(this.last, item);
    if (this.length <= this.capacity) return;
    const oldest = this.underWay.size > 0 ? this.underWay : this.waiting;
    for (const key of oldest.keys()) {
      oldest.delete(key);
      break;
    }
    this.dropped += 1;
  }

  /** The oldest that waits; it is under way until it is `done`. */
  take(): { key: number; item: T } | undefined {
    for (const [key, item] of this.waiting) {
      this.waiting.delete(key);
      this.underWay.set(key, item);
      return { key, item };
    }
    return undefined;
  }

  done(key: number): void {
    this.underWay.delete(key);
  }

  /** Nobody knows what became of those under way: they are taken again, before the others. */
  again(): void {
    if (this.underWay.size === 0) return;
    this.waiting = new Map([...this.underWay, ...this.waiting]);
    this.underWay = new Map();
  }
}
