import type { Contact } from './contact';

export interface FoundContact {
  name: string;
  number: string;
}

interface Searched extends FoundContact {
  /** The name as it is compared. */
  folded: string;
  digits: string;
}

const MARKS = /\p{M}/gu;
const NOT_DIGITS = /\D/g;
/** A query with letters in it is no number. */
const NUMBER = /^[\d\s+().\-/*#]+$/;

/** Finds contacts while somebody types. Names are compared without their accents and without upper and lower case. */
export class ContactSearch {
  private readonly entries: readonly Searched[];

  constructor(contacts: readonly Contact[]) {
    this.entries = contacts.flatMap(({ name, number, phone, mobile }) => {
      const numbers = [...new Set([number, phone, mobile])].filter((one): one is string => Boolean(one));
      return numbers.map((one) => ({
        name,
        number: one,
        folded: foldedText(name),
        digits: one.replace(NOT_DIGITS, ''),
      }));
    });
  }

  /** @returns those whose name or number begins with it before those that have it inside */
  find(text: string, most: number): FoundContact[] {
    const wanted = foldedText(text.trim());
    if (wanted === '') return [];
    const digits = NUMBER.test(wanted) ? wanted.replace(NOT_DIGITS, '') : '';
    const begin: FoundContact[] = [];
    const inside: FoundContact[] = [];
    for (const entry of this.entries) {
      const at = placeIn(entry, wanted, digits);
      if (at === 0) begin.push({ name: entry.name, number: entry.number });
      else if (at > 0 && inside.length < most) inside.push({ name: entry.name, number: entry.number });
      if (begin.length >= most) break;
    }
    return [...begin, ...inside].slice(0, most);
  }
}

/** 0: at its beginning, or at that of a word; 1: somewhere; -1: nowhere. */
function placeIn({ folded, digits, number }: Searched, wanted: string, wantedDigits: string): number {
  const inName = folded.indexOf(wanted);
  if (inName === 0 || (inName > 0 && folded[inName - 1] === ' ')) return 0;
  if (wantedDigits !== '') {
    const inNumber = digits.indexOf(wantedDigits);
    if (inNumber >= 0) return Math.min(inNumber, 1);
  }
  return inName >= 0 || number.includes(wanted) ? 1 : -1;
}

function foldedText(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase();
}
