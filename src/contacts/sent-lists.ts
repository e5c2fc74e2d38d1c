/** What one MicroSIP has, when its next request is the one with this number. */
interface Sent {
  sequence: number;
  list: string;
  /** ms; a MicroSIP that asks later was away, and what became of its list is not known. */
  until: number;
}

/** Computers and addresses; of more the oldest get the whole list again. */
const MOST_CLIENTS = 5000;
const MOST_OF_A_CLIENT = 1000;
/** The name of no list. */
const UNKNOWN = '';

/**
 * Which list each MicroSIP has for certain. It numbers its requests one by one from 0 on, whenever it begins with nothing,
 * and says no more about itself: several of them may look the same behind one address. So what is kept is who has what by
 * the number that has to come next, and one that cannot be told from another with an older list counts as having that.
 */
export class SentLists {
  private readonly clients = new Map<string, Sent[]>();

  /**
   * Whether the MicroSIP that asks has this list. It is forgotten with that: `sent` tells what it has afterwards.
   * @param client whatever is known of where the request is from
   * @param now ms of a clock that never goes back
   */
  take(client: string, { sequence, list }: { sequence: number; list: string }, now: number): boolean {
    const kept = this.clients.get(client) ?? [];
    const possible = kept.filter((sent) => sent.sequence === sequence);
    const [mine, ...others] = possible;
    // One that was away for long may come back, and must not pass for another.
    const has = mine !== undefined && possible.every((sent) => sent.list === list && sent.until >= now);
    // Which of them asked is not known.
    if (!has) for (const sent of others) sent.list = UNKNOWN;
    this.keep(
      client,
      kept.filter((sent) => sent !== mine),
    );
    return has;
  }

  /** @returns a function for when the answer did not get there: then who asks next may have anything */
  sent(client: string, { sequence, list }: { sequence: number; list: string }, until: number): () => void {
    const sent: Sent = { sequence: sequence + 1, list, until };
    this.keep(client, [...(this.clients.get(client) ?? []), sent].slice(-MOST_OF_A_CLIENT));
    return () => {
      sent.list = UNKNOWN;
    };
  }

  private keep(client: string, sent: Sent[]): void {
    this.clients.delete(client);
    if (sent.length > 0) this.clients.set(client, sent);
    const [oldest] = this.clients.keys();
    if (this.clients.size > MOST_CLIENTS && oldest !== undefined) this.clients.delete(oldest);
  }
}
