import { Catalog, nearestLanguage } from '../../catalog';
import type { PhoneError } from '../../phone/errors/phone-error';

let catalog: Catalog | undefined;

/** What a phone's error says, in the language of this computer's user. */
export function phoneSentence({ messageKey, params }: PhoneError): string {
  catalog ??= new Catalog('common.json', nearestLanguage(Intl.DateTimeFormat().resolvedOptions().locale));
  return catalog.text(messageKey, params);
}
