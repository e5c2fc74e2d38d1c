export interface JournalEntry {
  /** Milliseconds since 1970. */
  time: number;
  /** What was really done, such as `dialled` or `dropped`. */
  action: string;
  detail: string;
}

const KEPT = 1000;

/** What the simulated MicroSIP received and really did: silent drops can be seen nowhere else. */
export class Journal {
  readonly entries: JournalEntry[] = [];

  add(action: string, detail = ''): void {
    this.entries.push({ time: Date.now(), action, detail });
    if (this.entries.length > KEPT) this.entries.shift();
  }

  /** The details of all entries of one action, the oldest first. */
  details(action: string): string[] {
    return this.entries.filter((entry) => entry.action === action).map(({ detail }) => detail);
  }
}
