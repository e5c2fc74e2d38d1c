const PATIENCE = 10_000;

/** Notes what happens, in words, and waits for it. */
export class Witness {
  readonly seen: string[] = [];
  private readonly waiting = new Set<() => void>();

  /** Resolves when it has been seen, also before; rejects when it takes too long. */
  until(what: string | RegExp, { nth = 1, patience = PATIENCE } = {}): Promise<string> {
    const fits = (one: string): boolean => (typeof what === 'string' ? one === what : what.test(one));
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.seen.filter(fits)[nth - 1];
        if (found === undefined) return;
        done();
        resolve(found);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`not seen in ${patience} ms: ${String(what)} (${nth}); seen: ${this.seen.join(', ')}`));
      }, patience);
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(look);
      };
      this.waiting.add(look);
      look();
    });
  }

  protected note(what: string): void {
    this.seen.push(what);
    for (const look of [...this.waiting]) look();
  }
}
