import type { AdminError } from '../../node-red/admin/admin-endpoint';
import { say, sentenceOf } from '../say';

/** A question to an admin endpoint of the phone whose answer is shown in the dialog; only the latest one counts. */
export class PhoneQuestion<Answer> {
  private latest: JQuery.jqXHR | undefined;

  constructor(
    private readonly node: EditorNode,
    private readonly path: string,
    private readonly result: JQuery,
    /** Where the words for `running` and `failed` are in the catalog. */
    private readonly words = 'test',
  ) {}

  ask(body: object, show: (answer: Answer) => void): void {
    const { node, path, result, words } = this;
    say(result.empty(), 'fa-spinner fa-spin', node._(`${words}.running`));
    const request = $.ajax({
      url: `microsip-phone/${path}`,
      method: 'POST',
      contentType: 'application/json',
      data: JSON.stringify(body),
    });
    this.latest = request;
    request
      .done((answer: Answer) => {
        if (this.latest !== request) return;
        result.empty();
        show(answer);
        this.reveal();
      })
      .fail(({ responseJSON, status }) => {
        const answer = (responseJSON ?? {}) as Partial<AdminError>;
        const sentence = sentenceOf(node, answer) ?? node._(`${words}.failed`, { status });
        if (this.latest !== request) return;
        say(result.empty(), 'fa-warning', sentence);
        this.reveal();
      });
  }

  /** What was found says nothing any more. */
  forget(): void {
    this.latest = undefined;
    this.result.empty();
  }

  /** The answer may be below what the dialog shows of its fields. */
  private reveal(): void {
    this.result.get(0)?.scrollIntoView({ block: 'nearest' });
  }
}
