import type { Voicemail } from '../phone/voicemail';

/**
 * What the server told of the mailbox. MicroSIP forgets it when its SIP stack stops and when another account becomes the
 * active one (docs/microsip/further.md, part E).
 */
export class Mailbox {
  private told: Voicemail | undefined;

  /** @param changed is called with what is known now */
  constructor(private readonly changed: (voicemail: Voicemail | undefined) => void) {}

  /** Undefined: nothing was told. */
  get current(): Voicemail | undefined {
    return this.told && { ...this.told };
  }

  notify(voicemail: Voicemail): void {
    this.told = { ...voicemail };
    this.changed({ ...voicemail });
  }

  reset(): void {
    if (!this.told) return;
    this.told = undefined;
    this.changed(undefined);
  }

  /** The process is gone. */
  forget(): void {
    this.told = undefined;
  }
}
