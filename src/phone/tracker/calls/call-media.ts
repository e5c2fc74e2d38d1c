import type { Call, Source } from '../../calls/call';
import type { FinishedCall } from '../../phone-event';
import type { CallMediaObservation } from '../../ports/observation';

/** Longest wait (ms) of call logs for what a source is still going to tell. */
const LATE = 1000;
/** Calls have a few keys each, and are soon forgotten. */
const MOST_NOTES = 200;

type Media = Pick<Call, 'quality' | 'recording'>;

interface Note {
  media: Media;
  more: boolean;
}

interface Held {
  finished: FinishedCall;
  keys: ReadonlySet<string>;
  /** Of those, the keys under which more is going to be told. */
  awaited: Set<string>;
  /** ms since 1970 by our clock */
  until: number;
}

/** How the sources name one call. */
export function keyName({ source, key }: { source: Source; key: string }): string {
  return `${source} ${key}`;
}

/** What is known of the media of calls, also of those that are over and that call logs are not told of yet. */
export class CallMedia {
  private readonly notes = new Map<string, Note>();
  private held: Held[];

  /** @param left calls that nobody is waited for any more, and that call logs have not been told of */
  constructor(left: readonly FinishedCall[] = []) {
    this.held = left.map((finished) => ({ finished, keys: new Set(), awaited: new Set(), until: 0 }));
  }

  /** @returns the calls of which there is no more to be waited for */
  note(seen: CallMediaObservation): FinishedCall[] {
    const name = keyName(seen);
    const { quality, recording, more = false } = seen;
    const media: Media = { ...(quality && { quality }), ...(recording !== undefined && { recording }) };
    this.keep(name, { media: { ...this.notes.get(name)?.media, ...media }, more });
    for (const one of this.held.filter(({ keys }) => keys.has(name))) {
      Object.assign(one.finished.call, structuredClone(media));
      if (!more) one.awaited.delete(name);
    }
    return this.release(({ awaited }) => awaited.size === 0);
  }

  /** @param keys all names that the call has had */
  of(keys: Iterable<string>): Media {
    const known = [...keys].flatMap((name) => this.notes.get(name)?.media ?? []);
    return structuredClone(Object.assign({}, ...known) as Media);
  }

  /** @returns whether there is more to be waited for: then it is kept here */
  holds(finished: FinishedCall, keys: ReadonlySet<string>, now: number): boolean {
    const awaited = new Set([...keys].filter((name) => this.notes.get(name)?.more));
    if (awaited.size > 0) this.held.push({ finished, keys, awaited, until: now + LATE });
    return awaited.size > 0;
  }

  /** The calls that have been waited for long enough. */
  due(now: number): FinishedCall[] {
    return this.release(({ until }) => until <= now);
  }

  all(): FinishedCall[] {
    return this.release(() => true);
  }

  /** The calls that are over, and that call logs are not told of yet. */
  get waiting(): FinishedCall[] {
    return this.held.map(({ finished }) => structuredClone(finished));
  }

  /** When `due` has something, ms since 1970 by our clock. */
  get deadlines(): number[] {
    return this.held.map(({ until }) => until);
  }

  private release(which: (held: Held) => boolean): FinishedCall[] {
    const released = this.held.filter(which);
    if (released.length > 0) this.held = this.held.filter((one) => !released.includes(one));
    return released.map(({ finished }) => finished);
  }

  private keep(name: string, note: Note): void {
    this.notes.delete(name);
    this.notes.set(name, note);
    const [oldest] = this.notes.keys();
    if (this.notes.size > MOST_NOTES && oldest !== undefined) this.notes.delete(oldest);
  }
}
