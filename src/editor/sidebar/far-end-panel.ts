import type { ShownPhone } from '../../node-red/sidebar/sidebar-json';
import { button, element } from './elements';
import type { Orders } from './orders';
import { word } from './words';

type State = ShownPhone['state'];

interface Act {
  name: string;
  icon: string;
  /** In which the far end can do it; absent: whatever the phone does. */
  in?: readonly State[];
  action: { action: string } & Record<string, unknown>;
}

const CALLED: readonly State[] = ['dialing', 'alerting'];
const ANSWERED: readonly State[] = ['connected', 'held'];

const FAR_END: readonly Act[] = [
  { name: 'ring', icon: 'fa-bell-o', in: ['dialing'], action: { action: 'ring' } },
  { name: 'answer', icon: 'fa-phone', in: CALLED, action: { action: 'answer' } },
  { name: 'busy', icon: 'fa-ban', in: CALLED, action: { action: 'busy' } },
  { name: 'hold', icon: 'fa-pause', in: ANSWERED, action: { action: 'hold' } },
  { name: 'resume', icon: 'fa-play', in: ANSWERED, action: { action: 'resume' } },
  { name: 'hangup', icon: 'fa-stop', in: [...CALLED, ...ANSWERED, 'ringing'], action: { action: 'hangup' } },
];

const PROGRAM: readonly Act[] = [
  { name: 'voicemail', icon: 'fa-envelope-o', action: { action: 'voicemail', new: 1 } },
  { name: 'voicemail_heard', icon: 'fa-envelope-open-o', action: { action: 'voicemail', waiting: false, new: 0 } },
  { name: 'unregister', icon: 'fa-chain-broken', action: { action: 'unregister' } },
  { name: 'register', icon: 'fa-link', action: { action: 'register' } },
  { name: 'box', icon: 'fa-window-maximize', action: { action: 'box' } },
  { name: 'close_box', icon: 'fa-window-close-o', action: { action: 'close-box' } },
  { name: 'hang', icon: 'fa-hourglass-o', action: { action: 'hang', ms: 5000 } },
  { name: 'crash', icon: 'fa-bolt', action: { action: 'crash' } },
  { name: 'restart', icon: 'fa-refresh', action: { action: 'restart' } },
];

/** Plays what is not there: who calls a simulated phone, whom it calls, and its MicroSIP itself. */
export class FarEndPanel {
  readonly element: HTMLDetailsElement;
  private readonly number = field('play.number', '+49 30 123456');
  private readonly name = field('play.name', 'Ada Lovelace');
  private readonly acts: [HTMLButtonElement, Act][];
  private readonly call: HTMLButtonElement;

  constructor(
    private readonly orders: Orders,
    private readonly mayWrite: boolean,
  ) {
    this.call = button('fa-phone-square', word('play.incoming'));
    this.call.type = 'submit';
    const buttonFor = (act: Act): HTMLButtonElement =>
      button(act.icon, word(`play.${act.name}`), () => {
        this.orders.play(act.action);
      });
    this.acts = [...FAR_END, ...PROGRAM].map((act) => [buttonFor(act), act]);
    const bar = (acts: readonly Act[]): HTMLElement =>
      element('div', {
        class: 'microsip-buttons',
        children: this.acts.filter(([, act]) => acts.includes(act)).map(([one]) => one),
      });
    this.element = element('details', {
      class: 'microsip-fold',
      children: [
        element('summary', { text: word('play.title') }),
        element('form', { class: 'microsip-row', children: [this.number, this.name, this.call] }),
        bar(FAR_END),
        element('div', { class: 'microsip-caption', text: word('play.program') }),
        bar(PROGRAM),
      ],
    });
    this.element.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.ring();
    });
    this.call.disabled = !mayWrite;
  }

  update(state: State): void {
    for (const [one, act] of this.acts) one.disabled = !this.mayWrite || act.in?.includes(state) === false;
  }

  private ring(): void {
    const [number, name] = [this.number.value.trim(), this.name.value.trim()];
    this.orders.play({ action: 'incoming', ...(number && { number }), ...(name && { name }) });
  }
}

function field(label: string, placeholder: string): HTMLInputElement {
  return element('input', { attr: { type: 'text', 'aria-label': word(label), title: word(label), placeholder } });
}
