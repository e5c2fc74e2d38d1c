import { EventEmitter } from 'node:events';
import { isRingingIn, type Ending, type SimulatedCall } from './simulated-call';

interface CallTableEvents {
  changed: [SimulatedCall];
  /** With the user part of the address that took the call over. */
  transferred: [SimulatedCall, string];
  ended: [SimulatedCall, Ending];
}

/** The calls of the simulated MicroSIP, the oldest first. Whoever listens is told of each change at once. */
export class CallTable extends EventEmitter<CallTableEvents> {
  private readonly calls: SimulatedCall[] = [];
  private front: SimulatedCall | undefined;

  /** @param keepsTabs whether the tab of an ended call stays and stays selected (3.22.16, section 5: multi-call mode) */
  constructor(private readonly keepsTabs: () => boolean) {
    super();
    this.setMaxListeners(0);
  }

  get all(): readonly SimulatedCall[] {
    return [...this.calls];
  }

  get unringing(): SimulatedCall[] {
    return this.calls.filter((call) => !isRingingIn(call));
  }

  get ringing(): SimulatedCall[] {
    return this.calls.filter(isRingingIn);
  }

  /** The call of the selected tab, on which `hold`, `/dtmf:` and `/transfer:` act (interface document, section 2.7). */
  get selected(): SimulatedCall | undefined {
    return this.front;
  }

  has(call: SimulatedCall): boolean {
    return this.calls.includes(call);
  }

  find(sipCallId: string): SimulatedCall | undefined {
    return this.calls.find((call) => call.sipCallId === sipCallId);
  }

  /** The newest call that fits; with an id only that call. */
  newest(fits: (call: SimulatedCall) => boolean, sipCallId?: string): SimulatedCall | undefined {
    return this.calls.findLast((call) => fits(call) && (sipCallId === undefined || call.sipCallId === sipCallId));
  }

  add(call: SimulatedCall): void {
    this.calls.push(call);
    if (!isRingingIn(call)) this.front = call;
    this.emit('changed', call);
  }

  alert(call: SimulatedCall): void {
    call.stage = 'early';
    this.emit('changed', call);
  }

  confirm(call: SimulatedCall): void {
    call.stage = 'confirmed';
    this.front = call;
    this.emit('changed', call);
  }

  setHold(call: SimulatedCall, side: 'localHold' | 'remoteHold', held: boolean): void {
    if (call[side] === held) return;
    call[side] = held;
    this.emit('changed', call);
  }

  transfer(call: SimulatedCall, targetUser: string): void {
    this.emit('transferred', call, targetUser);
  }

  end(call: SimulatedCall, ending: Ending): void {
    const index = this.calls.indexOf(call);
    if (index < 0) return;
    this.calls.splice(index, 1);
    if (this.front === call) this.front = this.keepsTabs() ? undefined : this.unringing.at(-1);
    this.emit('ended', call, ending);
  }

  /** The process is gone: nobody is told. */
  forgetAll(): void {
    this.calls.length = 0;
    this.front = undefined;
  }
}
