import type { RegistrationObservation } from '../../phone/observation';
import { registrationOf } from './registration-text';

/** Follows the registration through the texts of the status bar. */
export class RegistrationWatch {
  private text: string | undefined;
  private registered = false;

  /** @param text of the status bar while no call is up */
  look(text: string, time: number): RegistrationObservation[] {
    if (text === this.text) return [];
    this.text = text;
    const registration = registrationOf(text);
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
