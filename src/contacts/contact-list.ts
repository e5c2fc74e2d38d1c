import { createHash } from 'node:crypto';
import type { Contact } from './contact';
import { ContactNames } from './contact-names';
import { ContactSearch } from './contact-search';
import { lampKey } from './lamps';
import { readContacts } from './reading/read-contacts';
import type { ToldFields } from './told-fields';

/** One list of contacts, read, and as it goes to MicroSIP. */
export class ContactList {
  /** JSON of the answer's `items`. */
  readonly items: string;
  /** The same for the same items. */
  readonly id: string;
  readonly count: number;
  readonly unusable: number;
  readonly cut: boolean;
  private readonly toldBefore: number;
  private readonly contacts: readonly Contact[];
  private knownNames: ContactNames | undefined;
  private knownSearch: ContactSearch | undefined;
  private knownNumbers: ReadonlyMap<string, string> | undefined;

  /** @param text JSON of the list as it was given */
  constructor(text: string, length: number, told: ToldFields) {
    const { contacts, unusable, cut } = readContacts(text, { length });
    this.items = JSON.stringify(told.itemsOf(contacts));
    this.toldBefore = told.version;
    this.id = createHash('sha256').update(this.items).digest('base64');
    this.contacts = contacts;
    this.count = contacts.length;
    this.unusable = unusable;
    this.cut = cut;
  }

  /** Whether its items are still those to send: contacts may have been told with more fields since, in another list. */
  isCurrent({ version }: ToldFields): boolean {
    return version === this.toldBefore;
  }

  /** Made when somebody calls: most lists are never asked. */
  get names(): ContactNames {
    return (this.knownNames ??= new ContactNames(this.contacts));
  }

  /** Made when somebody types. */
  get search(): ContactSearch {
    return (this.knownSearch ??= new ContactSearch(this.contacts));
  }

  /** The contacts' numbers as they are written there, by their `lampKey`. */
  get written(): ReadonlyMap<string, string> {
    return (this.knownNumbers ??= writtenNumbers(this.contacts));
  }
}

function writtenNumbers(contacts: readonly Contact[]): Map<string, string> {
  const written = new Map<string, string>();
  for (const { number } of contacts) if (!written.has(lampKey(number))) written.set(lampKey(number), number);
  return written;
}
