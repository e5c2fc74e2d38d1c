import type { FoundContact } from '../../contacts/contact-search';
import type { NamedAccount } from '../../microsip/ini/named-account';
import type { CallState } from '../../phone/calls/call';

/** What the dialogs of a phone's nodes offer by name. */
export interface ChoicesAnswer {
  accounts: NamedAccount[];
  contacts: FoundContact[];
  calls: { number: string; name?: string; state: CallState }[];
}
