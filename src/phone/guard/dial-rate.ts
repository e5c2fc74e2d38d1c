import { PhoneError } from '../phone-error';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const MOST_A_SECOND = 1;
const MOST_A_MINUTE = 30;

/** How often a phone may dial: a flow that runs wild must not call somebody again and again. */
export class DialRate {
  private times: number[] = [];

  /**
   * To be asked right before a dial is sent, in ms since 1970 or of any clock that runs evenly.
   * @throws PhoneError `refused` above one dial a second or thirty a minute
   */
  check(now: number): void {
    this.times = this.times.filter((time) => now - time < MINUTE);
    const lately = this.times.filter((time) => now - time < SECOND).length;
    if (lately >= MOST_A_SECOND || this.times.length >= MOST_A_MINUTE) {
      throw new PhoneError('refused', 'rate', { second: MOST_A_SECOND, minute: MOST_A_MINUTE });
    }
  }

  /** A dial was sent. */
  note(now: number): void {
    this.times.push(now);
  }
}
