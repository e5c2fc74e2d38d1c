import type { Clock } from '../../clock';
import { SerialQueue } from '../../serial-queue';
import type { CommandTrace } from './command-trace';
import type { DtmfPart } from '../guard/values/dtmf-digits';
import type { PeerUse } from '../guard/limits/peer-use';
import { PhoneError } from '../errors/phone-error';

/** MicroSIP plays a digit in this time (ms; docs/microsip/corrections.md#7). */
const DIGIT_TIME = 210;
/**
 * Digits in one send. MicroSIP's queue takes fewer than 32, those still to be played included, else it plays only the
 * first 16 or none at all (docs/microsip/corrections.md#7).
 */
const AT_ONCE = 16;

export interface DtmfOptions {
  /** By the monotonic clock, ms: from then on nothing is begun. */
  until?: number | undefined;
  traced?: CommandTrace | undefined;
}

export interface DtmfWay {
  /** Sends digits without pauses to a call (undefined: the current one) and gives that call's id. */
  send(digits: string, callId?: string, options?: DtmfOptions): Promise<string | undefined>;
  /** Of the MicroSIP that plays them. */
  use(): PeerUse;
}

/**
 * Sends DTMF with its pauses, and no more at a time than MicroSIP can play. Sequences go out one after the other; other
 * commands, above all a hang-up, need not wait for a pause to be over.
 */
export class DtmfSender {
  private readonly sequences = new SerialQueue();
  private readonly wakeUps = new Set<() => void>();
  private stops = 0;

  constructor(
    private readonly clock: Clock,
    private readonly way: DtmfWay,
  ) {}

  /** @returns the id of the call that got the digits */
  send(parts: readonly DtmfPart[], callId?: string, { until, traced }: DtmfOptions = {}): Promise<string> {
    const stops = this.stops;
    return this.sequences.run(async () => {
      let target = callId;
      for (const [index, { pauseSeconds, digits }] of parts.flatMap(sends).entries()) {
        // A pause can only be heard after the digits before it.
        let wait = this.playing() + pauseSeconds * 1000;
        while (wait > 0) {
          await this.pause(wait);
          if (this.stops !== stops) break;
          wait = this.playing();
        }
        if (this.stops !== stops) throw new PhoneError('closed', 'closing');
        // The pauses of a command that has begun make it no later.
        const begun = index === 0 && until !== undefined ? { until: until + pauseSeconds * 1000 } : {};
        target = await this.way.send(digits, target, { ...begun, traced });
        this.way.use().digitsUntil = this.clock.monotonic() + digits.length * DIGIT_TIME;
      }
      return target ?? '';
    });
  }

  /** Sequences under way fail with `closed`. */
  stop(): void {
    this.stops += 1;
    for (const wakeUp of [...this.wakeUps]) wakeUp();
  }

  /** How long (ms) MicroSIP still plays what it was given. */
  private playing(): number {
    return Math.max(0, this.way.use().digitsUntil - this.clock.monotonic());
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wakeUp = (): void => {
        cancel();
        this.wakeUps.delete(wakeUp);
        resolve();
      };
      const cancel = this.clock.after(Math.ceil(milliseconds), wakeUp);
      this.wakeUps.add(wakeUp);
    });
  }
}

/** A part in pieces that MicroSIP can play. */
function sends({ pauseSeconds, digits }: DtmfPart): DtmfPart[] {
  const pieces = digits.match(new RegExp(`.{1,${AT_ONCE}}`, 'g')) ?? [];
  return pieces.map((piece, index) => ({ pauseSeconds: index === 0 ? pauseSeconds : 0, digits: piece }));
}
