import type { SimulatedMicrosip } from '../../src/simulator/simulated-microsip';
import { numberOf, STEPS } from './calls';
import type { Played } from './messages';
import { moment } from './moment';

/** Has calls come and go at a simulated phone, and notes what it did when. */
export class Player {
  private step = 0;
  private timer: NodeJS.Timeout | undefined;
  private isEnding = false;

  constructor(
    private readonly phone: number,
    private readonly microsip: SimulatedMicrosip,
    private readonly note: (played: Played) => void,
  ) {}

  /** @param pause ms between two steps, more or less */
  begin(pause: number): void {
    this.isEnding = false;
    // Not all phones in the same moment, and not always at the same distance.
    let due = moment() + Math.random() * pause * STEPS.length;
    const next = (): void => {
      this.timer = setTimeout(
        () => {
          this.play();
          due += pause;
          if (this.isEnding && this.step % STEPS.length === 0) this.timer = undefined;
          else next();
        },
        due - moment() + (Math.random() - 0.5) * pause * 0.5,
      );
    };
    next();
  }

  /** The call that there is goes on to its end. */
  end(): void {
    this.isEnding = true;
    if (this.step % STEPS.length !== 0) return;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private play(): void {
    const { far, user } = this.microsip;
    this.note([this.phone, this.step, moment()]);
    const call = Math.floor(this.step / STEPS.length);
    const step = STEPS[this.step % STEPS.length];
    this.step += 1;
    if (step === 'incoming') far.incoming({ number: numberOf(call), name: 'Ada' });
    else if (step === 'answered') user.answer();
    else far.hangup();
  }
}
