import type { RemotePhone } from '../../fleet/remote-phone';
import type { Told } from '../../phone/phone-event';

/**
 * A phone elsewhere whose node is deployed anew. It goes on listening until its successor does, which hands out what it
 * learns: what happens meanwhile would be known only by its outcome.
 */
export class LeftPhone {
  private letters: Told[] = [];
  private take = (letter: Told): void => {
    this.letters.push(letter);
  };

  constructor(
    private readonly phone: RemotePhone,
    private readonly lease: { release(): void },
  ) {
    phone.on('event', (event) => {
      this.take({ event });
    });
    phone.on('finished', (finished) => {
      this.take({ finished });
    });
  }

  /** What listeners know, for the successor. */
  get told(): RemotePhone['told'] {
    return this.phone.told;
  }

  /** Hands on what it has learnt, and what it is going to learn. */
  forward(take: (letter: Told) => void): void {
    this.take = take;
    for (const letter of this.letters.splice(0)) take(letter);
  }

  end(): void {
    this.phone.removeAllListeners();
    this.phone.leave();
    this.lease.release();
  }
}
