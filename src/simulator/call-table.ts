import { EventEmitter } from 'node:events';
import { ENDINGS, isRingingIn, type Ending, type SimulatedCall } from './simulated-call';

interface CallTableEvents {
  changed: [SimulatedCall];
  ended: [SimulatedCall, Ending];
}

/** The calls of the simulated MicroSIP, in the order of their slots, and what may become of them. */
export class CallTable extends EventEmitter<CallTableEvents> {
  private readonly calls: SimulatedCall[] = [];
  /** The call of the selected tab, on which `hold`, `/dtmf:` and `/transfer:` act (interface document, section 2.7). */
  selected: SimulatedCall | undefined;

  get all(): readonly SimulatedCall[] {
    return this.calls;
  }

  get unringing(): SimulatedCall[] {
    return this.calls.filter((call) => !isRingingIn(call));
  }

  get ringing(): SimulatedCall[] {
    return this.calls.filter(isRingingIn);
  }

  find(sipCallId: string): SimulatedCall | undefined {
    return this.calls.find((call) => call.sipCallId === sipCallId);
  }

  /** The newest call that fits. */
  newest(fits: (call: SimulatedCall) => boolean): SimulatedCall | undefined {
    return this.calls.findLast(fits);
  }

  add(call: SimulatedCall): void {
    this.calls.push(call);
    if (!isRingingIn(call)) this.selected = call;
    this.emit('changed', call);
  }

  confirm(call: SimulatedCall): void {
    call.stage = 'confirmed';
    this.selected = call;
    this.emit('changed', call);
  }

  alert(call: SimulatedCall): void {
    call.stage = 'early';
    this.emit('changed', call);
  }

  setHold(call: SimulatedCall, side: 'localHold' | 'remoteHold', held: boolean): void {
    if (call[side] === held) return;
    call[side] = held;
    this.emit('changed', call);
  }

  /** In multi-call mode a call that comes to the front puts the others on hold. */
  holdOthers(than: SimulatedCall): void {
    for (const call of this.calls) {
      if (call !== than && call.stage === 'confirmed') this.setHold(call, 'localHold', true);
    }
  }

  end(call: SimulatedCall, ending: Ending): void {
    const index = this.calls.indexOf(call);
    if (index < 0) return;
    this.calls.splice(index, 1);
    if (this.selected === call) this.selected = this.unringing.at(-1);
    this.emit('ended', call, ending);
  }

  /** Our hang-up: BYE for a call that is up, CANCEL for one that is not answered yet. */
  hangUp(call: SimulatedCall): void {
    this.end(call, call.stage === 'confirmed' ? ENDINGS.byeByUs : ENDINGS.cancelledByUs);
  }

  /** The process is gone: nobody is told. */
  forgetAll(): void {
    this.calls.length = 0;
    this.selected = undefined;
  }
}
