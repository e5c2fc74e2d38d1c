import type { Clock } from '../../clock';

/** ms in which a phone that came tells everything by itself */
const PATIENCE = 2000;
/** ms between two requests: the answers to many must not be too much for the broker */
const SPACING = 20;
/** An agent that does not answer them, or a broker that does not let us ask, is not asked for ever. */
const MOST_TRIES = 3;

interface Wanted {
  /** Whether there still is something that is not known of the phone. */
  misses(id: string): boolean;
  request(id: string): void;
}

/** Asks phones for what the broker has not delivered of them: in rounds, in each of which every phone is asked once. */
export class SnapshotRequests {
  private readonly missing = new Set<string>();
  private readonly tries = new Map<string, number>();
  private round: string[] = [];
  private cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly wanted: Wanted,
  ) {}

  consider(id: string): void {
    if (!this.wanted.misses(id)) {
      this.missing.delete(id);
      this.tries.delete(id);
    } else if ((this.tries.get(id) ?? 0) < MOST_TRIES) {
      this.missing.add(id);
      this.cancel ??= this.after(PATIENCE);
    }
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.round = [];
    this.missing.clear();
    this.tries.clear();
  }

  private after(ms: number): () => void {
    return this.clock.after(
      ms,
      () => {
        this.requestNext();
        this.cancel = this.round.length > 0 ? this.after(SPACING) : undefined;
        if (this.missing.size > 0) this.cancel ??= this.after(PATIENCE);
      },
      { idle: true },
    );
  }

  private requestNext(): void {
    if (this.round.length === 0) {
      this.round = [...this.missing].reverse();
      this.missing.clear();
    }
    const id = this.round.pop();
    if (id === undefined || !this.wanted.misses(id)) return;
    const tries = (this.tries.get(id) ?? 0) + 1;
    this.tries.set(id, tries);
    if (tries < MOST_TRIES) this.missing.add(id);
    this.wanted.request(id);
  }
}
