import { CommandQueue } from './command-queue';
import type { DtmfPart } from './guard/dtmf-digits';
import { PhoneError } from './phone-error';

/** MicroSIP plays a digit in this time (ms), so a pause can only be heard after it (interface document, section 2.7). */
const DIGIT_TIME = 200;

/**
 * Sends DTMF with its pauses. Sequences go out one after the other; other commands, above all a hang-up, need not wait
 * for a pause to be over.
 */
export class DtmfSender {
  private readonly sequences = new CommandQueue();
  private readonly wakeUps = new Set<() => void>();
  private stops = 0;

  /** @param sendDigits sends digits without pauses to a call (undefined: the current one) and gives that call's id */
  constructor(private readonly sendDigits: (digits: string, callId?: string) => Promise<string | undefined>) {}

  /** @returns the id of the call that got the digits */
  send(parts: readonly DtmfPart[], callId?: string): Promise<string> {
    const stops = this.stops;
    return this.sequences.run(async () => {
      let target = callId;
      let playing = 0;
      for (const { pauseSeconds, digits } of parts) {
        if (pauseSeconds > 0) await this.pause(pauseSeconds * 1000 + playing);
        if (this.stops !== stops) throw new PhoneError('closed', 'closing');
        target = await this.sendDigits(digits, target);
        playing = digits.length * DIGIT_TIME;
      }
      return target ?? '';
    });
  }

  /** Sequences under way fail with `closed`. */
  stop(): void {
    this.stops += 1;
    for (const wakeUp of [...this.wakeUps]) wakeUp();
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wakeUp = (): void => {
        clearTimeout(timer);
        this.wakeUps.delete(wakeUp);
        resolve();
      };
      const timer = setTimeout(wakeUp, milliseconds);
      this.wakeUps.add(wakeUp);
    });
  }
}
