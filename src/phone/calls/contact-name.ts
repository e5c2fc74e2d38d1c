import type { Call, CallFacts } from './call';
import type { NamesOfNumbers } from './names-of-numbers';
import type { ToE164 } from '../numbers/e164';
import { shownText } from '../texts/shown-text';

/** What is known of numbers that calls come from and go to. */
export interface KnownNumbers {
  e164?: ToE164 | undefined;
  names?: NamesOfNumbers | undefined;
}

/** Only where the network sent none. */
export function nameFromContacts(facts: CallFacts, known: KnownNumbers): Pick<CallFacts, 'name' | 'nameSource'> {
  const { names } = known;
  if (!names || facts.name !== undefined) return {};
  const number = internationalOf(facts, known) ?? facts.number;
  const name = number === undefined ? undefined : askedName(names, number);
  return name === undefined ? {} : { name, nameSource: 'contacts' };
}

/** Whoever programs may give anything; a call is told of all the same. */
function askedName(names: NamesOfNumbers, number: string): string | undefined {
  try {
    const name: unknown = names(number);
    return typeof name === 'string' ? shownText(name) : undefined;
  } catch {
    return undefined;
  }
}

/** The same call, with the name of the contacts where it has none. */
export function namedByContacts(call: Call, known: KnownNumbers = {}): Call {
  const named = nameFromContacts(call, known);
  return named.name === undefined ? call : { ...call, ...named };
}

export function internationalOf({ number, numberE164 }: CallFacts, { e164 }: KnownNumbers): string | undefined {
  return numberE164 ?? (number === undefined ? undefined : e164?.(number));
}
