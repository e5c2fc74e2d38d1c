import type { Parts } from '../parts';
import type { CallControl } from '../calls/call-control';
import type { SimulatedCall } from '../calls/simulated-call';

/** The first digits follow the answer by this much, later ones the piece before (ms; docs/microsip/interface.md#2.7). */
const STEP = 1000;
/** How much longer it takes for each digit just sent (ms). */
const PER_DIGIT = 200;

/** Sends the digits behind the comma of a dialled text: `1001,,123` sends 123 two seconds after the answer. */
export class DtmfQueue {
  constructor(
    private readonly parts: Parts,
    private readonly control: CallControl,
  ) {
    parts.calls.on('changed', (call) => {
      this.start(call);
    });
  }

  private start(call: SimulatedCall): void {
    if (call.stage !== 'confirmed' || call.dtmfTail === '') return;
    const text = call.dtmfTail;
    call.dtmfTail = '';
    this.next(call, text, STEP);
  }

  private next(call: SimulatedCall, text: string, wait: number): void {
    const { calls, timers, ui } = this.parts;
    const step = (): void => {
      if (!calls.has(call)) return;
      const comma = text.indexOf(',');
      const piece = comma < 0 ? text : text.slice(0, comma);
      if (piece !== '') this.control.sendDtmf(call, piece);
      const rest = comma < 0 ? '' : text.slice(comma + 1);
      if (rest !== '') this.next(call, rest, STEP + PER_DIGIT * piece.length);
    };
    timers.after(wait, () => {
      ui.run(step);
    });
  }
}
