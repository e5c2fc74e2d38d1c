import { EventEmitter } from 'node:events';
import { isRingingIn, type Ending, type SimulatedCall } from './simulated-call';

/** Why a call was over before it rang. */
export interface Refusal extends Ending {
  /** What 3.22.16 gives as `Reason` beside the plain phrase (docs/microsip/3.22.16.md#10). */
  why?: string;
  /** MicroSIP keeps no row of it in its call history. */
  unrecorded?: boolean;
}

interface CallTableEvents {
  /** Somebody calls, and MicroSIP has not decided yet what becomes of it. */
  offered: [SimulatedCall];
  /** An offered call that never rang. */
  refused: [SimulatedCall, Refusal];
  /** A call for which there is no slot: PJSIP refuses it, and MicroSIP hears nothing of it. */
  turned_away: [SimulatedCall];
  changed: [SimulatedCall];
  /** With the user part of the address that took the call over, and the host when one was given. */
  transferred: [SimulatedCall, string, string | undefined];
  ended: [SimulatedCall, Ending];
}

/** The calls of the simulated MicroSIP, the oldest first. Whoever listens is told of each change at once. */
export class CallTable extends EventEmitter<CallTableEvents> {
  private readonly calls: SimulatedCall[] = [];
  private front: SimulatedCall | undefined;

  /**
   * @param keepsTabs whether the tab of an ended call stays and stays selected (docs/microsip/3.22.16.md#5: multi-call mode)
   * @param closes is called with a call that ends before anybody is told
   */
  constructor(
    private readonly keepsTabs: () => boolean,
    private readonly closes: (call: SimulatedCall) => void = () => undefined,
  ) {
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

  /** The call of the selected tab, on which `hold`, `/dtmf:` and `/transfer:` act (docs/microsip/interface.md#2.7). */
  get selected(): SimulatedCall | undefined {
    return this.front;
  }

  has(call: SimulatedCall): boolean {
    return this.calls.includes(call);
  }

  isRinging(call: SimulatedCall): boolean {
    return this.has(call) && isRingingIn(call);
  }

  find(sipCallId: string): SimulatedCall | undefined {
    return this.calls.find((call) => call.sipCallId === sipCallId);
  }

  /** The newest call that fits; with an id only that call. */
  newest(fits: (call: SimulatedCall) => boolean, sipCallId?: string): SimulatedCall | undefined {
    return this.calls.findLast((call) => fits(call) && (sipCallId === undefined || call.sipCallId === sipCallId));
  }

  offer(call: SimulatedCall): void {
    this.emit('offered', call);
  }

  refuse(call: SimulatedCall, refusal: Refusal): void {
    this.emit('refused', call, refusal);
  }

  turnAway(call: SimulatedCall): void {
    this.emit('turned_away', call);
  }

  add(call: SimulatedCall): void {
    this.calls.push(call);
    if (!isRingingIn(call)) this.front = call;
    this.emit('changed', call);
  }

  alert(call: SimulatedCall, ringStatus: 180 | 183): void {
    call.stage = 'early';
    call.ringStatus = ringStatus;
    this.emit('changed', call);
  }

  confirm(call: SimulatedCall): void {
    call.stage = 'confirmed';
    this.front = call;
    this.emit('changed', call);
  }

  /** A person chooses the tab of a call. */
  select(call: SimulatedCall): void {
    if (this.has(call)) this.front = call;
  }

  /** Joins this call with the members of a conference, or lets it leave; one that is left alone is none any more. */
  setConference(call: SimulatedCall, joined: boolean): void {
    call.inConference = joined;
    this.endLonely();
  }

  setHold(call: SimulatedCall, side: 'localHold' | 'remoteHold', held: boolean): void {
    if (call[side] === held) return;
    call[side] = held;
    this.emit('changed', call);
  }

  transfer(call: SimulatedCall, targetUser: string, targetHost: string | undefined): void {
    this.emit('transferred', call, targetUser, targetHost);
  }

  end(call: SimulatedCall, ending: Ending): void {
    const index = this.calls.indexOf(call);
    if (index < 0) return;
    this.calls.splice(index, 1);
    if (call.inConference) this.endLonely();
    if (this.front === call) this.front = this.keepsTabs() ? undefined : this.unringing.at(-1);
    this.closes(call);
    this.emit('ended', call, ending);
  }

  private endLonely(): void {
    const [last, ...others] = this.calls.filter(({ inConference }) => inConference);
    if (last && others.length === 0) last.inConference = false;
  }

  /** The process is gone: nobody is told. */
  forgetAll(): void {
    this.calls.length = 0;
    this.front = undefined;
  }
}
