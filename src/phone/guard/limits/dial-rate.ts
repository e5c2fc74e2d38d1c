import { PhoneError } from '../../errors/phone-error';
import { DEFAULT_RATE, type RateLimit } from './rate-limit';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** What reaches people. */
export type Reaching = 'dial' | 'message' | 'transfer';

export interface Reached {
  kind: Reaching;
  time: number;
}

/** How often somebody is called, written to or sent a call: a flow that runs wild must not do so again and again. */
export class DialRate {
  /** @param reached what was done lately, perhaps by other phones on the same MicroSIP too */
  constructor(
    private readonly limit: RateLimit = DEFAULT_RATE,
    private readonly reached: Reached[] = [],
  ) {}

  /**
   * To be asked right before it is sent.
   * @param now ms by a clock that is never set
   * @throws PhoneError `refused` when it would be one too many
   */
  check(now: number, kind: Reaching = 'dial'): void {
    const old = this.reached.filter(({ time }) => now < time || now - time >= MINUTE);
    for (const one of old) this.forget(one);
    // To transfer the call that was just dialled is one deed, and yet two of the minute.
    const lately = this.reached.filter(
      (one) => now - one.time < SECOND && (one.kind === 'transfer') === (kind === 'transfer'),
    );
    if (lately.length >= this.limit.second || this.reached.length >= this.limit.minute) {
      throw new PhoneError('refused', 'rate', { ...this.limit });
    }
  }

  /**
   * It is sent.
   * @returns takes that back
   */
  note(now: number, kind: Reaching = 'dial'): () => void {
    const one = { kind, time: now };
    this.reached.push(one);
    return () => {
      this.forget(one);
    };
  }

  private forget(one: Reached): void {
    const at = this.reached.indexOf(one);
    if (at >= 0) this.reached.splice(at, 1);
  }
}
