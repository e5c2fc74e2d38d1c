import { MOST_CONTACTS, type Contact } from '../contact';
import { readContact } from './read-contact';

export interface ReadContacts {
  contacts: Contact[];
  /** Entries without a number that can be called. */
  unusable: number;
  /** The list goes on behind the last that is looked at. */
  cut: boolean;
}

/**
 * Contacts out of a list, in its order; of those with the same number and name the first.
 * @param list JSON, as `listText` makes it
 */
export function readContacts(list: string, { length }: { length: number }): ReadContacts {
  const contacts = new Map<string, Contact>();
  let unusable = 0;
  for (const entry of JSON.parse(list) as unknown[]) {
    const contact = readContact(entry);
    if (!contact) unusable += 1;
    else if (!contacts.has(contactKey(contact))) contacts.set(contactKey(contact), contact);
  }
  return { contacts: [...contacts.values()], unusable, cut: length > MOST_CONTACTS };
}

/** By what MicroSIP knows an entry again. */
export function contactKey({ number, name }: Contact): string {
  return `${number}\n${name}`;
}
