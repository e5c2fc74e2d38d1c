import type { ToE164 } from '../phone/numbers/e164';
import type { Contact } from './contact';

interface Named {
  number: string;
  name: string;
}

const NOT_DIGITS = /\D/g;
/** However a number is written, and wherever it is called from, it ends with the same digits; the shortest numbers have few. */
const SAME_END = 4;

/** Whose number it is. To have it costs little: the numbers are only compared when somebody calls. */
export class ContactNames {
  private readonly byEnd = new Map<string, Named[]>();

  constructor(contacts: readonly Contact[]) {
    for (const { number, phone, mobile, name } of contacts) {
      if (name === number) continue;
      for (const one of [number, phone, mobile]) if (one !== undefined) this.add({ number: one, name });
    }
  }

  /**
   * The name of the first contact with this number: the same one in international form, or else written the same.
   * @param e164 knows in which country numbers without a country code are
   */
  nameOf(number: string, e164: ToE164): string | undefined {
    const named = this.byEnd.get(endOf(number)) ?? [];
    const international = named.length === 0 ? undefined : e164(number);
    return named.find((one) =>
      international === undefined ? one.number === number : e164(one.number) === international,
    )?.name;
  }

  private add(named: Named): void {
    const end = endOf(named.number);
    const there = this.byEnd.get(end);
    if (there) there.push(named);
    else this.byEnd.set(end, [named]);
  }
}

function endOf(number: string): string {
  // What stands behind these is not dialled, or is somebody's host.
  const [called = ''] = number.split(/[@,;]/, 1);
  const digits = called.replace(NOT_DIGITS, '');
  return digits.length < SAME_END ? called : digits.slice(-SAME_END);
}
