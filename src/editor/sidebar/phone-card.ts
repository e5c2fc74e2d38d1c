import { CallRow, type CallHost } from './call-row';
import { button, element, icon, setChosenText, setText, show } from './elements';
import { FarEndPanel } from './far-end-panel';
import { mayWrite } from '../permissions';
import { Orders } from './orders';
import { factsOf, lastErrorOf, stateOf, troubleOf, type KnownPhone } from './phone-facts';
import { PhoneClock } from './running-time';
import { SourceList } from './source-words';
import { word } from './words';

/** One phone. Its elements stay, so that who types or tabs through it is not disturbed by news. */
export class PhoneCard {
  readonly element: HTMLElement;
  private readonly may = mayWrite();
  private readonly clock = new PhoneClock();
  private readonly orders: Orders;
  private readonly name = element('bdi', { class: 'microsip-name' });
  private readonly state = element('span', { class: 'microsip-state', attr: { role: 'status' } });
  private readonly facts = element('div', { class: 'microsip-facts' });
  private readonly trouble = note('fa-warning');
  private readonly said = note('fa-info-circle', 'alert');
  private readonly lastError = note('fa-history');
  private readonly calls = element('ul', { class: 'microsip-calls' });
  private readonly rows = new Map<string, CallRow>();
  private readonly number: HTMLInputElement;
  private readonly dial: HTMLFormElement;
  private readonly dialButton: HTMLButtonElement;
  private readonly sources = new SourceList();
  private readonly sourcesFold: HTMLDetailsElement;
  private readonly switches = element('div', { class: 'microsip-buttons' });
  private readonly mute: HTMLButtonElement;
  private readonly dnd: HTMLButtonElement;
  private readonly play: FarEndPanel;
  private readonly fold: HTMLButtonElement;
  private readonly body: HTMLElement;
  /** What its user has chosen; undefined: as it fits the number of phones. */
  private chosen: boolean | undefined;
  private phone: KnownPhone;

  constructor(
    readonly id: string,
    phone: KnownPhone,
    reveal: () => void,
  ) {
    this.phone = phone;
    this.orders = new Orders(id, (words) => {
      this.said.say(words);
    });
    this.number = element('input', {
      attr: { type: 'text', 'aria-label': word('number'), placeholder: word('number'), autocomplete: 'off' },
    });
    this.dialButton = button('fa-phone', word('dial'));
    this.dialButton.type = 'submit';
    this.dial = element('form', { class: 'microsip-row', children: [this.number, this.dialButton] });
    this.dial.addEventListener('submit', (event) => {
      event.preventDefault();
      this.dialNumber();
    });
    this.mute = this.toggle('fa-microphone-slash', 'switch.mute', () => ({
      ...{ type: 'audio', device: 'microphone', action: this.isMuted ? 'unmute' : 'mute' },
    }));
    this.dnd = this.toggle('fa-moon-o', 'switch.dnd', () => ({
      ...{ type: 'feature', feature: 'dnd', action: this.phone.shown?.features?.dnd ? 'off' : 'on' },
    }));
    this.switches.append(this.mute, this.dnd);
    this.play = new FarEndPanel(this.orders, this.may);
    this.sourcesFold = element('details', {
      class: 'microsip-fold',
      children: [element('summary', { text: word('sources') }), this.sources.element],
    });
    this.fold = button('fa-angle-down', '', () => {
      this.chosen = this.body.hidden;
      this.foldTo(this.chosen);
    });
    this.fold.classList.add('microsip-icon-button');
    const settings = button('fa-cog', '', reveal);
    settings.classList.add('microsip-icon-button');
    settings.setAttribute('aria-label', word('reveal'));
    settings.title = word('reveal');
    this.body = element('div', {
      class: 'microsip-body',
      children: [this.dial, this.switches, this.lastError.element, this.play.element, this.sourcesFold],
    });
    const dot = element('span', { class: 'microsip-dot', attr: { 'aria-hidden': 'true' } });
    const heading = element('h3', { children: [this.name], attr: { id: `microsip-phone-${id}` } });
    const head = element('div', { class: 'microsip-head', children: [dot, heading, this.state, this.fold, settings] });
    this.element = element('section', {
      class: 'microsip-phone',
      attr: { 'aria-labelledby': `microsip-phone-${id}` },
      children: [head, this.facts, this.trouble.element, this.calls, this.said.element, this.body],
    });
    this.update(phone);
  }

  /** @param isOpen whether all of it is shown, unless its user has chosen */
  unfold(isOpen: boolean): void {
    this.foldTo(this.chosen ?? isOpen);
  }

  update(phone: KnownPhone): void {
    this.phone = phone;
    const { shown } = phone;
    if (shown) this.clock.set(shown.time);
    setChosenText(this.name, shown?.name ?? RED.nodes.node(this.id)?.name ?? phone.id);
    const { text, kind } = stateOf(phone);
    setText(this.state, text);
    this.element.dataset['state'] = kind;
    setText(this.facts, factsOf(phone));
    this.trouble.say(troubleOf(phone));
    this.lastError.say(lastErrorOf(phone));
    this.updateCalls();
    const takes = shown?.takesCommands === true && !shown.isUnused;
    show(this.dial, takes);
    this.number.disabled = this.dialButton.disabled = !this.may;
    show(this.mute, takes && shown.audio !== undefined);
    show(this.dnd, takes && shown.features?.dnd !== undefined);
    this.mute.setAttribute('aria-pressed', String(this.isMuted));
    this.dnd.setAttribute('aria-pressed', String(shown?.features?.dnd === true));
    show(this.switches, !this.mute.hidden || !this.dnd.hidden);
    show(this.play.element, shown?.isSimulated === true && !shown.isUnused);
    this.play.update(phone.state);
    show(this.sourcesFold, shown !== undefined && !shown.isUnused);
    if (shown) this.sources.update(shown.sources);
  }

  /** The running times of its calls. */
  tick(): void {
    for (const row of this.rows.values()) row.tick();
  }

  private updateCalls(): void {
    const calls = this.phone.shown?.calls ?? [];
    for (const [callId, row] of this.rows) {
      if (calls.some((call) => call.callId === callId)) continue;
      row.element.remove();
      this.rows.delete(callId);
    }
    for (const call of calls) {
      const row = this.rows.get(call.callId);
      if (row) row.update(call);
      else this.addRow(call.callId, new CallRow(call, this.host()));
    }
    show(this.calls, this.rows.size > 0);
  }

  private addRow(callId: string, row: CallRow): void {
    this.rows.set(callId, row);
    this.calls.append(row.element);
  }

  private host(): CallHost {
    return {
      orders: this.orders,
      clock: this.clock,
      mayWrite: this.may,
      takesCommands: () => this.phone.shown?.takesCommands === true,
      typed: (hint) => this.typed(hint),
    };
  }

  private typed(hint: 'type_number' | 'type_target' | 'type_digits'): string | undefined {
    const text = this.number.value.trim();
    if (text !== '') return text;
    this.chosen = true;
    this.foldTo(true);
    this.orders.hint(word(hint));
    this.number.focus();
    return undefined;
  }

  private dialNumber(): void {
    const number = this.typed('type_number');
    if (number !== undefined) this.orders.command({ type: 'dial', number });
  }

  private get isMuted(): boolean {
    return this.phone.shown?.audio?.microphone.muted === true;
  }

  private toggle(
    iconName: string,
    key: string,
    command: () => { type: string } & Record<string, unknown>,
  ): HTMLButtonElement {
    const made = button(iconName, word(key), () => {
      this.orders.command(command());
    });
    made.disabled = !this.may;
    return made;
  }

  private foldTo(isOpen: boolean): void {
    show(this.body, isOpen);
    const label = word(isOpen ? 'less' : 'more');
    this.fold.setAttribute('aria-expanded', String(isOpen));
    this.fold.setAttribute('aria-label', label);
    this.fold.title = label;
    this.fold.firstElementChild?.classList.toggle('fa-angle-up', isOpen);
    this.fold.firstElementChild?.classList.toggle('fa-angle-down', !isOpen);
  }
}

function note(iconName: string, role?: string): { element: HTMLElement; say(words: string | undefined): void } {
  const words = element('span');
  const made = element('div', {
    class: `microsip-note microsip-note-${iconName}`,
    children: [icon(iconName), words],
    ...(role !== undefined && { attr: { role } }),
  });
  made.hidden = true;
  return {
    element: made,
    say: (text) => {
      setText(words, text ?? '');
      show(made, text !== undefined);
    },
  };
}
