import { createHash } from 'node:crypto';

/** ms; by then a command that was sent with a time is long out of date. */
const REMEMBERED = 600_000;
/** No sender gets to fill the memory: at any sensible pace these are more than 10 minutes' worth. */
const MOST = 10_000;

interface Recent<T> {
  since: number;
  content: string;
  /** Undefined while it is under way. */
  answer?: T;
}

export type Repeated<T> =
  /** It was not there before, and is now. */
  | { is: 'new' }
  | { is: 'under_way' }
  | { is: 'answered'; answer: T }
  /** The same id for something else. */
  | { is: 'other' };

/** The ids of the commands of the last ten minutes, so that none is carried out twice. */
export class RecentCommands<T> {
  private readonly recent = new Map<string, Recent<T>>();

  /** @param monotonic ms by a clock that nobody sets */
  note(id: string, fingerprint: string, monotonic: number): Repeated<T> {
    this.forget(monotonic);
    const content = createHash('sha256').update(fingerprint).digest('base64');
    const known = this.recent.get(id);
    if (!known) {
      this.recent.set(id, { since: monotonic, content });
      return { is: 'new' };
    }
    if (known.content !== content) return { is: 'other' };
    return known.answer === undefined ? { is: 'under_way' } : { is: 'answered', answer: known.answer };
  }

  knows(id: string, monotonic: number): boolean {
    this.forget(monotonic);
    return this.recent.has(id);
  }

  answered(id: string, answer: T): void {
    const known = this.recent.get(id);
    if (known) known.answer = answer;
  }

  private forget(monotonic: number): void {
    for (const [id, { since }] of this.recent) {
      if (since > monotonic - REMEMBERED && this.recent.size < MOST) return;
      this.recent.delete(id);
    }
  }
}
