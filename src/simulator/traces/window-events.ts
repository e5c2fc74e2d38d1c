import type { Refusal } from '../calls/call-table';
import { isHangUp, type Ending, type SimulatedCall } from '../calls/simulated-call';
import type { UiThread } from '../ui-thread';
import type { CallHooks } from './call-hooks';
import type { HistoryRecorder } from './history-recorder';

/**
 * What MicroSIP's windows do when a call changes, as far as it leaves traces: hooks and call history, in the order of
 * docs/microsip/interface.md#3. The real one takes these events from a queue, this one at once.
 */
export class WindowEvents {
  private readonly seen = new Map<string, SimulatedCall['stage']>();

  constructor(
    private readonly ui: UiThread,
    private readonly hooks: CallHooks | undefined,
    private readonly history: () => HistoryRecorder | undefined,
  ) {}

  offered(call: SimulatedCall): void {
    this.hooks?.fire('cmdIncomingCall', call);
  }

  refused(call: SimulatedCall, refusal: Refusal): void {
    this.record((history) => {
      history.refused(call, refusal);
    });
  }

  changed(call: SimulatedCall): void {
    const before = this.seen.get(call.sipCallId);
    if (before === call.stage) return;
    this.seen.set(call.sipCallId, call.stage);
    if (call.direction === 'outbound') this.outgoing(call, before === undefined);
    else this.incoming(call);
  }

  ended(call: SimulatedCall, ending: Ending): void {
    this.seen.delete(call.sipCallId);
    // MicroSIP drops this one before its windows hear of it (docs/microsip/interface.md#3).
    if (ending.sipStatus === 481) return;
    this.record((history) => {
      history.ended(call, ending);
    });
    const isBusy = !isHangUp(ending) && [486, 600, 603].includes(ending.sipStatus);
    this.hooks?.fire(isBusy ? 'cmdCallBusy' : 'cmdCallEnd', call);
  }

  /** The process is gone. */
  forget(): void {
    this.seen.clear();
  }

  private outgoing(call: SimulatedCall, isNew: boolean): void {
    if (isNew) {
      this.record((history) => {
        history.dialled(call);
      });
      this.hooks?.fire('cmdOutgoingCall', call);
    }
    if (call.stage === 'confirmed') this.connected(call);
  }

  private incoming(call: SimulatedCall): void {
    const cameIn = (): void => {
      this.record((history) => {
        history.cameIn(call);
      });
    };
    if (call.stage === 'confirmed') {
      cameIn();
      this.connected(call);
    } else {
      this.hooks?.fire('cmdCallRing', call);
      cameIn();
    }
  }

  private connected(call: SimulatedCall): void {
    this.record((history) => {
      history.connected(call);
    });
    if (call.direction === 'inbound') {
      this.hooks?.fire('cmdCallAnswer', call);
      if (call.video) this.hooks?.fire('cmdCallAnswerVideo', call);
    }
    this.hooks?.fire('cmdCallStart', call);
  }

  private record(write: (history: HistoryRecorder) => void): void {
    this.ui.proceed(() => {
      const history = this.history();
      if (history) write(history);
    });
  }
}
