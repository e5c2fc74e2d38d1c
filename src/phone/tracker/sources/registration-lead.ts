import type { Registration, Source } from '../../calls/call';
import type { RegistrationObservation } from '../../ports/observation';
import { isBetter } from './source-ranks';

/** ms in which the better source has to confirm what a worse one says against it. */
const CONFIRMED_WITHIN = 3000;

/** The registration as the best source tells it, unless another one contradicts it and is not contradicted in turn. */
export class RegistrationLead {
  private told: RegistrationObservation | undefined;
  private doubt: { seen: RegistrationObservation; since: number } | undefined;

  constructor(private registration: Registration | undefined) {}

  get current(): Registration | undefined {
    return this.registration && { ...this.registration };
  }

  get deadline(): number | undefined {
    return this.doubt && this.doubt.since + CONFIRMED_WITHIN;
  }

  forget(): void {
    this.told = undefined;
    this.doubt = undefined;
    this.registration = undefined;
  }

  /** @returns whether there is something new */
  take(seen: RegistrationObservation, now: number): boolean {
    const agrees = seen.registration.state === this.registration?.state;
    if (this.told && isBetter(this.told.source, seen.source)) {
      this.doubt = agrees ? undefined : { seen, since: now };
      // The status bar's text is something that no other source has.
      if (agrees) this.registration = { ...seen.registration, ...this.registration };
      return false;
    }
    this.doubt = undefined;
    return this.accept(seen);
  }

  /** What is believed now, since the better source has not confirmed the contrary for this long (ms). */
  passTime(now: number): { seen: RegistrationObservation; silent: readonly Source[]; ms: number } | undefined {
    const { doubt, told } = this;
    const ms = now - (doubt?.since ?? now);
    if (!doubt || ms < CONFIRMED_WITHIN) return undefined;
    this.doubt = undefined;
    return this.accept(doubt.seen) ? { seen: doubt.seen, silent: told ? [told.source] : [], ms } : undefined;
  }

  private accept(seen: RegistrationObservation): boolean {
    const before = this.registration;
    this.told = seen;
    this.registration = { ...seen.registration };
    return before?.state !== seen.registration.state || before.sipStatus !== seen.registration.sipStatus;
  }
}
