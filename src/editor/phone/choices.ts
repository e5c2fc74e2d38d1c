import type { ChoicesAnswer } from '../../node-red/choices/choices-answer';
import { mayWrite } from '../permissions';
import { askPhone } from './admin-request';

/** ms without a key, after which contacts are asked for */
const TYPING = 150;

/** What the phone that is chosen in the dialog of a node knows by name. */
export class PhoneChoices {
  private known: Partial<ChoicesAnswer> = {};
  private pending: number | undefined;
  private told: () => void = () => undefined;

  constructor() {
    $('#node-input-phone').on('change', () => {
      this.look();
    });
    this.look();
  }

  /** Whenever accounts or calls are known anew. */
  onKnown(told: () => void): void {
    this.told = told;
  }

  get accounts(): ChoicesAnswer['accounts'] {
    return this.known.accounts ?? [];
  }

  get calls(): ChoicesAnswer['calls'] {
    return this.known.calls ?? [];
  }

  /** Contacts that have the text in their name or number. */
  contacts(text: string, found: (contacts: ChoicesAnswer['contacts']) => void): void {
    window.clearTimeout(this.pending);
    if (text.trim() === '' || !this.mayLook()) {
      found([]);
      return;
    }
    this.pending = window.setTimeout(() => {
      this.ask(text).then(
        ({ contacts }) => {
          found(contacts);
        },
        () => {
          found([]);
        },
      );
    }, TYPING);
  }

  /** What is not known is not offered: the fields take everything anyway. */
  private look(): void {
    this.known = {};
    this.told();
    if (!this.mayLook()) return;
    const phone = chosenPhone();
    this.ask().then(
      (answer) => {
        if (chosenPhone() !== phone) return;
        this.known = answer;
        this.told();
      },
      () => undefined,
    );
  }

  private ask(text?: string): PromiseLike<ChoicesAnswer> {
    return askPhone<ChoicesAnswer>('choices', { phone: chosenPhone(), ...(text !== undefined && { text }) });
  }

  private mayLook(): boolean {
    return mayWrite() && chosenPhone() !== '';
  }
}

function chosenPhone(): string {
  const phone = String($('#node-input-phone').val() ?? '');
  return phone === '_ADD_' ? '' : phone;
}
