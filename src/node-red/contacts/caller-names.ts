import type { ToE164 } from '../../phone/numbers/e164';

/** Whose number it is by one list of contacts. */
export type CallerNameSource = (number: string, e164: ToE164) => string | undefined;

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
      const name = source(number, this.e164);
      if (name !== undefined) return name;
    }
    return undefined;
  };
}
