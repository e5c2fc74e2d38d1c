/** Runs jobs one after the other, in the order in which they came. A job that fails does not stop the next. */
export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve();
  private jobs = 0;

  /** How many jobs are not over. */
  get length(): number {
    return this.jobs;
  }

  run<T>(job: () => Promise<T>): Promise<T> {
    this.jobs += 1;
    const result = this.last.then(job);
    const over = (): void => {
      this.jobs -= 1;
    };
    this.last = result.then(over, over);
    return result;
  }
}

/** A queue for each key, for as long as it has jobs. */
export class SerialQueues {
  private readonly queues = new Map<string, SerialQueue>();

  async run<T>(key: string, job: () => Promise<T>): Promise<T> {
    const queue = this.queues.get(key) ?? new SerialQueue();
    this.queues.set(key, queue);
    try {
      return await queue.run(job);
    } finally {
      if (queue.length === 0) this.queues.delete(key);
    }
  }
}
