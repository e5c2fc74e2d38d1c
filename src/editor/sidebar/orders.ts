import type { AdminError } from '../../node-red/admin/admin-endpoint';
import { askPhone } from '../phone/admin-request';
import { sentence, word } from './words';

/** What goes from one phone's card to its phone, and the words for how that went. */
export class Orders {
  private latest = 0;

  constructor(
    private readonly phone: string,
    /** `undefined`: nothing is to be said. */
    private readonly say: (words: string | undefined) => void,
  ) {}

  /** A command of the library, such as `{type: 'answer', callId}`. */
  command(command: { type: string } & Record<string, unknown>): void {
    this.post('command', command);
  }

  /** Something that the far end of a simulated phone does. */
  play(action: { action: string } & Record<string, unknown>): void {
    this.post('simulate', action);
  }

  hint(words: string): void {
    this.latest += 1;
    this.say(words);
  }

  private post(path: string, body: object): void {
    const order = (this.latest += 1);
    this.say(undefined);
    askPhone(path, { ...body, phone: this.phone }).fail(({ responseJSON, status }) => {
      if (order !== this.latest) return;
      this.say(sentence((responseJSON ?? {}) as Partial<AdminError>) || word('failed', { status }));
    });
  }
}
