import type { ShownCall } from '../../node-red/sidebar/sidebar-json';
import { button, element, icon, setChosenText, setText, show } from './elements';
import type { Orders } from './orders';
import { inferenceWords } from './source-words';
import { clockTime } from '../../phone/texts/clock-time';
import type { PhoneClock } from './running-time';
import { word } from './words';

/** What a call needs of the phone that it is on. */
export interface CallHost {
  orders: Orders;
  clock: PhoneClock;
  takesCommands: () => boolean;
  mayWrite: boolean;
  /** What is typed into the phone's field; undefined, after a hint, when there is nothing. */
  typed: (hint: 'type_target' | 'type_digits') => string | undefined;
}

/** One open call, with its buttons. */
export class CallRow {
  readonly element: HTMLLIElement;
  private readonly arrow = icon('fa-phone');
  private readonly name = element('bdi', { class: 'microsip-who' });
  private readonly number = element('bdi', { class: 'microsip-number' });
  private readonly state = element('span', { class: 'microsip-state' });
  private readonly time = element('span', { class: 'microsip-time', attr: { 'aria-hidden': 'true' } });
  private readonly why = element('div', { class: 'microsip-why' });
  private readonly buttons: Record<'answer' | 'decline' | 'hold' | 'transfer' | 'digits' | 'hangup', HTMLButtonElement>;
  private readonly bar: HTMLElement;

  constructor(
    private call: ShownCall,
    private readonly host: CallHost,
  ) {
    const { orders } = host;
    const order = (command: { type: string } & Record<string, unknown>): void => {
      orders.command({ ...command, callId: this.call.callId });
    };
    this.buttons = {
      answer: button('fa-phone', word('call.answer'), () => {
        order({ type: 'answer' });
      }),
      decline: button('fa-times', word('call.decline'), () => {
        order({ type: 'hangup', scope: 'ringing', rejectCode: 486 });
      }),
      hold: button('fa-pause', word('call.hold'), () => {
        order({ type: 'hold', action: this.call.callState === 'held' ? 'resume' : 'hold' });
      }),
      transfer: button('fa-share', word('call.transfer'), () => {
        const number = host.typed('type_target');
        if (number !== undefined) order({ type: 'transfer', number });
      }),
      digits: button('fa-th', word('call.digits'), () => {
        const digits = host.typed('type_digits');
        if (digits !== undefined) order({ type: 'dtmf', digits });
      }),
      hangup: button('fa-stop', word('call.hangup'), () => {
        order({ type: 'hangup', scope: this.call.callState === 'ringing' ? 'ringing' : 'all' });
      }),
    };
    this.bar = element('div', { class: 'microsip-buttons', children: Object.values(this.buttons) });
    for (const one of Object.values(this.buttons)) one.disabled = !host.mayWrite;
    this.element = element('li', {
      children: [
        element('div', { class: 'microsip-call', children: [this.arrow, this.name, this.state, this.time] }),
        this.number,
        this.why,
        this.bar,
      ],
    });
    this.update(call);
  }

  update(call: ShownCall): void {
    this.call = call;
    const { callState, direction, number, name, inferred, heldBy } = call;
    this.arrow.className = `fa ${direction === 'inbound' ? 'fa-arrow-down' : direction ? 'fa-arrow-up' : 'fa-phone'}`;
    setChosenText(this.name, name ?? number ?? word('call.unknown'));
    show(this.number, name !== undefined && number !== undefined);
    setChosenText(this.number, number ?? '');
    const byThem = callState === 'held' && heldBy === 'remote';
    setText(this.state, word(byThem ? 'call.held_by_them' : `status.${callState}`));
    show(this.why, inferred !== undefined);
    if (inferred) setText(this.why, inferenceWords(inferred));
    const { answer, decline, hold, transfer, digits, hangup } = this.buttons;
    const isAnswered = callState === 'connected' || callState === 'held';
    show(this.bar, this.host.takesCommands());
    for (const one of [answer, decline]) show(one, callState === 'ringing');
    for (const one of [hold, transfer]) show(one, isAnswered);
    show(digits, callState === 'connected');
    show(hangup, callState !== 'ringing');
    const isHeld = callState === 'held';
    hold.firstElementChild?.classList.toggle('fa-pause', !isHeld);
    hold.firstElementChild?.classList.toggle('fa-play', isHeld);
    setText(hold.lastElementChild ?? hold, word(isHeld ? 'call.resume' : 'call.hold'));
    this.tick();
  }

  /** Since the answer, or before that since the beginning. */
  tick(): void {
    const { answerTime, startTime } = this.call;
    setText(this.time, clockTime(this.host.clock.now - (answerTime ?? startTime)));
  }
}
