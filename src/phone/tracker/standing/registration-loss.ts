import type { Registration } from '../../calls/call';

/** ms; a registrar or a network that comes back sooner is no matter. */
export const LOST_AFTER = 60_000;

/** For how long the account has not been registered, although it has a registrar. */
export class RegistrationLoss {
  private since: number | undefined;

  /** @param isKnown listeners of an earlier phone know already that it is lost */
  constructor(isKnown: boolean) {
    if (isKnown) this.since = -Infinity;
  }

  /**
   * @param registration undefined: nobody has seen it yet
   * @param now ms by our clock
   * @returns whether it has been lost for so long that it is to be told
   */
  look(registration: Registration | undefined, now: number): boolean {
    if (registration) {
      const isLost = registration.state !== 'registered' && registration.state !== 'none';
      this.since = isLost ? (this.since ?? now) : undefined;
    }
    return this.since !== undefined && now - this.since >= LOST_AFTER;
  }

  /** When `look` may find that it has been lost for long, though nothing else happens. */
  deadline(now: number): number | undefined {
    const due = this.since === undefined ? undefined : this.since + LOST_AFTER;
    return due !== undefined && due > now ? due : undefined;
  }

  forget(): void {
    this.since = undefined;
  }
}
