import type { AdminError } from '../../node-red/admin/admin-endpoint';
import { say, sentenceOf } from '../say';

/** Asks an admin endpoint of the phone. */
export function askPhone<Answer>(path: string, body: object): JQuery.jqXHR<Answer> {
  return $.ajax({
    url: `microsip-phone/${path}`,
    method: 'POST',
    contentType: 'application/json',
    data: JSON.stringify(body),
  }) as JQuery.jqXHR<Answer>;
}

/** ms that forgotten words leave their room empty when no others come */
const ROOM_STAYS = 1_000;

/** A question to an admin endpoint of the phone whose answer is shown in the dialog; only the latest one counts. */
export class PhoneQuestion<Answer> {
  private latest: JQuery.jqXHR | undefined;
  /** What is shown, as it came. */
  private shown = '';
  private room: number | undefined;

  constructor(
    private readonly node: EditorNode,
    private readonly path: string,
    private readonly result: JQuery,
    /** Where the words for `running` and `failed` are in the catalog. */
    private readonly words = 'test',
  ) {}

  /** @param show puts the answer into the empty result */
  ask(body: object, show: (answer: Answer) => void): void {
    const { node, result, words } = this;
    this.shown = '';
    say(result.empty(), 'fa-spinner fa-spin', node._(`${words}.running`));
    void this.send(body, show).then((isShown) => {
      // It may be below what the dialog shows of its fields.
      if (isShown) result.get(0)?.scrollIntoView({ block: 'nearest' });
    });
  }

  /** Asks again without a word, and touches what is shown only when the answer is another one. */
  async askAgain(body: object, show: (answer: Answer) => void): Promise<void> {
    await this.send(body, show);
  }

  /**
   * What was found says nothing any more. Its room stays for a while: whoever presses a button leaves a field by that,
   * and the button must not move away from under the mouse.
   */
  forget(): void {
    const { result } = this;
    this.latest = undefined;
    this.shown = '';
    result.css('min-height', result.height() ?? 0).empty();
    window.clearTimeout(this.room);
    this.room = window.setTimeout(() => {
      if (this.latest === undefined) this.giveRoomBack();
    }, ROOM_STAYS);
  }

  private giveRoomBack(): void {
    this.result.css('min-height', '');
  }

  /** @returns whether the answer is shown: it may be of no interest any more, or be there already */
  private async send(body: object, show: (answer: Answer) => void): Promise<boolean> {
    const { node, path, result, words } = this;
    const request = askPhone<Answer>(path, body);
    this.latest = request;
    const put = (answer: unknown, fill: () => void): boolean => {
      const text = JSON.stringify(answer);
      if (this.latest !== request || text === this.shown) return false;
      this.shown = text;
      result.empty();
      fill();
      this.giveRoomBack();
      return true;
    };
    try {
      const answer = await request;
      return put(answer, () => {
        show(answer);
      });
    } catch (error) {
      const { responseJSON: answer = {}, status } = error as { responseJSON?: Partial<AdminError>; status: number };
      return put([status, answer], () => {
        say(result, 'fa-warning', sentenceOf(node, answer) ?? node._(`${words}.failed`, { status }));
      });
    }
  }
}
