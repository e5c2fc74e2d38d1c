import type { Refusal } from '../calls/call-table';
import { isHangUp, type Ending, type SimulatedCall } from '../calls/simulated-call';
import type { Parts } from '../parts';
import { CallHistory, type RowType } from './call-history';
import { CALL_ENDED, endText } from './end-text';
import { printedIdentity } from './sip/sip-address-text';
import { seenIdentity } from './sip/seen-identity';

/** Writes the call history at the moments at which MicroSIP does (docs/microsip/3.22.16.md#3). */
export class HistoryRecorder {
  private readonly history: CallHistory;
  private readonly rows = new Set<string>();
  private readonly answered = new Map<string, number>();

  /** @throws as `CallHistory` does */
  constructor(
    private readonly parts: Parts,
    path: string,
  ) {
    this.history = new CallHistory(path, parts.clock);
  }

  dialled(call: SimulatedCall): void {
    this.add(call, 0);
  }

  /** The call rings, or is taken without ringing. */
  cameIn(call: SimulatedCall): void {
    if (!this.rows.has(call.sipCallId)) this.add(call, 1);
  }

  connected({ sipCallId }: SimulatedCall): void {
    this.answered.set(sipCallId, this.parts.clock.monotonic());
  }

  refused(call: SimulatedCall, refusal: Refusal): void {
    if (refusal.unrecorded) return;
    this.add(call, 2);
    this.write(() => {
      this.history.setInfo(call.sipCallId, endText(refusal));
    });
    this.rows.delete(call.sipCallId);
  }

  /** Our hang-up is written twice: MicroSIP learns only afterwards what SIP says of it. */
  ended(call: SimulatedCall, ending: Ending): void {
    if (!isHangUp(ending)) {
      this.finish(call, ending);
      return;
    }
    this.close(call, CALL_ENDED);
    this.parts.ui.post(() => {
      this.finish(call, ending);
    });
  }

  stop(): void {
    this.history.close();
  }

  private add(call: SimulatedCall, type: RowType): void {
    const { user, domain, name, parameters } = seenIdentity(printedIdentity(call));
    const isOwn = domain === this.parts.domain && parameters === '';
    const address = isOwn ? user : `${user}@${domain}${parameters}`;
    const number = user === '' ? domain : address;
    const tail = call.dtmfTail === '' ? '' : `,${call.dtmfTail}`;
    this.rows.add(call.sipCallId);
    this.write(() => {
      const shown = [name, call.dialled ?? '', user, domain].find((text) => text !== '') ?? '';
      this.history.add({ callId: call.sipCallId, number: `${number}${tail}`, name: shown, type });
    });
  }

  private finish(call: SimulatedCall, ending: Ending): void {
    const missed = call.direction === 'inbound' && call.stage !== 'confirmed';
    if (missed) {
      this.write(() => {
        this.history.setType(call.sipCallId, ending.elsewhere ? 3 : 2);
      });
    }
    this.close(call, endText(ending));
    this.rows.delete(call.sipCallId);
    this.answered.delete(call.sipCallId);
  }

  private close({ sipCallId }: SimulatedCall, info: string): void {
    const answered = this.answered.get(sipCallId);
    const duration = answered === undefined ? 0 : Math.round((this.parts.clock.monotonic() - answered) / 1000);
    this.write(() => {
      this.history.setDuration(sipCallId, duration);
    });
    this.write(() => {
      this.history.setInfo(sipCallId, info);
    });
  }

  /** MicroSIP puts up a box and ends when this fails; a simulated one goes on. */
  private write(statement: () => void): void {
    try {
      statement();
    } catch (error) {
      this.parts.journal.add('box', String(error));
    }
  }
}
