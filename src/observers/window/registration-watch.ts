import type { RegistrationObservation } from '../../phone/ports/observation';
import type { Registration } from '../../phone/calls/call';
import { registrationOf } from './texts/registration-text';

/** Follows the registration through the texts of the status bar. */
export class RegistrationWatch {
  private text: string | undefined;
  private registered = false;

  /**
   * @param text of the status bar while no call is up
   * @param english what that may be in English
   */
  look(text: string, time: number, english: readonly string[] = []): RegistrationObservation[] {
    if (text === this.text) return [];
    this.text = text;
    const registration = meaning(text, english);
    // A registration is refreshed long before it runs out, so calls are possible meanwhile.
    if (!registration || (registration.state === 'registering' && this.registered)) return [];
    this.registered = registration.state === 'registered';
    return [{ type: 'registration', time, source: 'window', registration }];
  }

  forget(): void {
    this.text = undefined;
    this.registered = false;
  }
}

/** A translation that stands for several things says nothing. */
function meaning(text: string, english: readonly string[]): Registration | undefined {
  const meanings = english.map(registrationOf).filter((one) => one !== undefined);
  const [first] = meanings;
  if (!first) return registrationOf(text);
  return meanings.every(({ state }) => state === first.state) ? { ...first, text } : undefined;
}
