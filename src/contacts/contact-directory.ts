import { MANY_CONTACTS } from './contact';
import { ContactList } from './contact-list';
import { readLamps } from './lamps';
import { listText } from './reading/plain-list';
import { SentLists } from './sent-lists';
import { ToldFields } from './told-fields';

export interface DirectoryRequest {
  /** The list of contacts, in whatever form it came. */
  contacts: unknown;
  lamps: unknown;
  /** Of MicroSIP's request, as its address has it. */
  sequence: unknown;
  /** What is known of where the request is from. */
  client: string;
  /** s until MicroSIP asks again. */
  refresh: number;
  /** ms of a clock that never goes back. */
  now: number;
}

/** What the one who keeps the list should know. */
export type DirectoryNote =
  { note: 'no_list' | 'cut' } | { note: 'many' | 'unusable' | 'unusable_lamps'; count: number };

export interface DirectoryAnswer {
  /** JSON, as MicroSIP reads it (docs/microsip/further.md#F.4). */
  text: string;
  /** In the list; undefined when there was none. */
  count: number | undefined;
  notes: DirectoryNote[];
  /** To be called when the answer did not get there. */
  lost: () => void;
}

/** Different lists that are kept as they were read, such as one for each user, and in all so many characters. */
const MOST_LISTS = 50;
const MOST_CHARACTERS = 16_000_000;
/** ms; what MicroSIP may be late, and the clocks of both may differ. */
const LATE = 120_000;

/** Answers MicroSIP's requests for its directory, so that each one that asks has the newest list and gets it only once. */
export class ContactDirectory {
  private readonly sentLists = new SentLists();
  private readonly told = new ToldFields();
  /** By their text; the last is the newest. */
  private readonly lists = new Map<string, ContactList>();

  /** The newest list. */
  latest: ContactList | undefined;

  /** Never throws. Without a list of contacts MicroSIP's own stays as it is. */
  answer({ contacts, lamps, sequence, client, refresh, now }: DirectoryRequest): DirectoryAnswer {
    const list = this.listOf(contacts);
    const read = readLamps(lamps, () => (list ?? this.latest)?.written ?? new Map<string, string>());
    const head = `"refresh":${String(refresh)},"silent":1`;
    const presence = `"presence":${JSON.stringify(read.lamps)}`;
    const notes = notesOf(list);
    if (read.unusable > 0) notes.push({ note: 'unusable_lamps', count: read.unusable });
    const nothing = { count: list?.count, notes, lost: () => undefined };
    if (!list) return { ...nothing, text: `{${head},${presence}}` };
    const whole = `{${head},"items":${list.items},${presence}}`;
    const nth = requestNumber(sequence);
    if (nth === undefined) return { ...nothing, text: whole };
    const has = this.sentLists.take(client, { sequence: nth, list: list.id }, now) && nth > 0;
    const lost = this.sentLists.sent(client, { sequence: nth, list: list.id }, now + 2 * refresh * 1000 + LATE);
    return { ...nothing, text: has ? `{${head},${presence}}` : whole, lost };
  }

  private listOf(contacts: unknown): ContactList | undefined {
    const text = listText(contacts);
    if (text === undefined) return undefined;
    const { length } = contacts as unknown[];
    const known = this.lists.get(text);
    const list = known?.isCurrent(this.told) ? known : new ContactList(text, length, this.told);
    // What is no list of contacts must not empty MicroSIP's.
    if (list.count === 0 && length > 0) return undefined;
    this.lists.delete(text);
    this.lists.set(text, list);
    this.forgetOld();
    this.latest = list;
    return list;
  }

  private forgetOld(): void {
    let characters = 0;
    const newest = [...this.lists.entries()].reverse();
    for (const [index, [text, { items }]] of newest.entries()) {
      characters += text.length + items.length;
      if (index > 0 && (index >= MOST_LISTS || characters > MOST_CHARACTERS)) this.lists.delete(text);
    }
  }
}

function notesOf(list: ContactList | undefined): DirectoryNote[] {
  if (!list) return [{ note: 'no_list' }];
  const notes: DirectoryNote[] = [];
  if (list.cut) notes.push({ note: 'cut' });
  else if (list.count > MANY_CONTACTS) notes.push({ note: 'many', count: list.count });
  if (list.unusable > 0) notes.push({ note: 'unusable', count: list.unusable });
  return notes;
}

/** @returns undefined for a request that MicroSIP did not make: it begins with 0 and counts on */
function requestNumber(sequence: unknown): number | undefined {
  if (typeof sequence !== 'string' || !/^\d{1,10}$/.test(sequence)) {
    return Number.isSafeInteger(sequence) && (sequence as number) >= 0 ? (sequence as number) : undefined;
  }
  return Number(sequence);
}
