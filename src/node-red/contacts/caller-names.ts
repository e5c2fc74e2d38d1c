import type { FoundContact } from '../../contacts/contact-search';
import type { ToE164 } from '../../phone/numbers/e164';

/** What one list of contacts knows. */
export interface CallerNameSource {
  /** Whose number it is. */
  nameOf(number: string, e164: ToE164): string | undefined;
  /** Those that have the text in their name or number. */
  find(text: string, most: number): FoundContact[];
}

/** The names of a phone's callers, from the contacts nodes that are set to it. */
export class CallerNames {
  private readonly sources = new Set<CallerNameSource>();

  /** @param e164 knows the region of the phone */
  constructor(private readonly e164: ToE164) {}

  /** @returns a function that takes it away again */
  add(source: CallerNameSource): () => void {
    this.sources.add(source);
    return () => {
      this.sources.delete(source);
    };
  }

  /** The name that the first of them has. */
  readonly nameOf = (number: string): string | undefined => {
    for (const source of this.sources) {
      const name = source.nameOf(number, this.e164);
      if (name !== undefined) return name;
    }
    return undefined;
  };

  /** Contacts of all of them, each number once. */
  find(text: string, most: number): FoundContact[] {
    const found = new Map<string, FoundContact>();
    for (const source of this.sources)
      for (const contact of source.find(text, most)) if (!found.has(contact.number)) found.set(contact.number, contact);
    return [...found.values()].slice(0, most);
  }
}
