import { PhoneError } from '../phone-error';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Dials that a phone may make in any second and in any minute. */
export interface RateLimit {
  second: number;
  minute: number;
}

export const DEFAULT_RATE: RateLimit = { second: 1, minute: 30 };

/** How often a phone dials: a flow that runs wild must not call somebody again and again. */
export class DialRate {
  private times: number[] = [];

  constructor(private readonly limit: RateLimit = DEFAULT_RATE) {}

  /**
   * To be asked right before a dial is sent.
   * @param now ms since 1970
   * @throws PhoneError `refused` when it would be one too many
   */
  check(now: number): void {
    // A clock that was set back must not lock the phone.
    this.times = this.times.filter((time) => now >= time && now - time < MINUTE);
    const lately = this.times.filter((time) => now - time < SECOND).length;
    if (lately >= this.limit.second || this.times.length >= this.limit.minute) {
      throw new PhoneError('refused', 'rate', { ...this.limit });
    }
  }

  /** MicroSIP took a dial. */
  note(now: number): void {
    this.times.push(now);
  }
}
