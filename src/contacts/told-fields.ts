import { FLAG_FIELDS, MOST_CONTACTS, TEXT_FIELDS, type Contact } from './contact';
import { contactKey } from './reading/read-contacts';

/**
 * What MicroSIP has been told of each contact. A field that an answer leaves out stays as it was there
 * (docs/microsip/further.md#F.4), so one that a contact does not have any more has to be sent empty.
 */
export class ToldFields {
  private readonly told = new Map<string, number>();
  private growth = 0;

  /** Another one when items that were made before may lack a field that has to be sent empty. */
  get version(): number {
    return this.growth;
  }

  itemsOf(contacts: readonly Contact[]): Contact[] {
    const items = contacts.map((contact) => this.itemOf(contact));
    for (const key of this.told.keys()) {
      if (this.told.size <= MOST_CONTACTS) break;
      this.told.delete(key);
    }
    return items;
  }

  /** The contact itself where it can be: JSON leaves out what is undefined. */
  private itemOf(contact: Contact): Contact {
    const key = contactKey(contact);
    const before = this.told.get(key) ?? 0;
    const now = fieldBits(contact);
    if (before !== 0) {
      this.told.delete(key);
      if ((now & ~before) !== 0) this.growth += 1;
    }
    this.told.set(key, before | now);
    if ((before & ~now) === 0) return contact;
    const item = { ...contact };
    for (const [index, field] of TEXT_FIELDS.entries()) if ((before & (1 << index)) !== 0) item[field] ??= '';
    for (const [index, field] of FLAG_FIELDS.entries())
      if ((before & (1 << (index + TEXT_FIELDS.length))) !== 0) item[field] ??= 0;
    return item;
  }
}

function fieldBits(contact: Contact): number {
  let bits = 0;
  let bit = 1;
  for (const fields of [TEXT_FIELDS, FLAG_FIELDS])
    for (const field of fields) {
      if (contact[field] !== undefined) bits |= bit;
      bit <<= 1;
    }
  return bits;
}
