import type { Parts } from '../parts';
import type { CallControl } from './call-control';
import type { SimulatedCall } from './simulated-call';

/** What the menu of the messages window does with several calls (docs/microsip/further.md#B.1). */
export class Conference {
  constructor(
    private readonly parts: Parts,
    private readonly control: CallControl,
  ) {}

  /** From now on every call that is answered joins the others while auto conference is on (docs/microsip/further.md#A.4). */
  mergeByItself(): void {
    const { calls, switches, ui } = this.parts;
    const answered = new WeakSet<SimulatedCall>();
    calls.on('changed', (call) => {
      if (call.stage !== 'confirmed' || answered.has(call)) return;
      answered.add(call);
      ui.post(() => {
        const isUp = calls.all.filter(({ stage }) => stage === 'confirmed').length > 1 && calls.has(call);
        if (isUp && switches.isOn('autoConference')) this.merge();
      });
    });
  }

  /**
   * Merge All: every other call joins the selected one and is resumed. Calls that ring, in or out, are taken in too, and
   * are in the conference as soon as they are answered. The selected call stays on hold when it is.
   */
  merge(): void {
    const { calls, journal } = this.parts;
    const { selected } = calls;
    if (!selected || calls.all.length < 2) {
      journal.add('dropped', 'merge');
      return;
    }
    journal.add('merged', selected.number, selected.sipCallId);
    for (const call of calls.all) call.inConference = true;
    for (const call of calls.all) if (call !== selected && call.localHold) this.control.setHold(call, false);
  }

  /** Separate: the selected call leaves, and no hold changes. */
  separate(): void {
    const { calls, journal } = this.parts;
    const { selected } = calls;
    if (!selected?.inConference) {
      journal.add('dropped', 'separate');
      return;
    }
    journal.add('separated', selected.number, selected.sipCallId);
    calls.setConference(selected, false);
  }

  /** Separate All: there is no conference any more, and the selected call is on hold. */
  separateAll(): void {
    const { calls, journal } = this.parts;
    const { selected } = calls;
    for (const call of calls.all) call.inConference = false;
    journal.add('separated_all', selected?.number, selected?.sipCallId);
    if (selected?.stage === 'confirmed' && !selected.localHold) this.control.setHold(selected, true);
  }

  /** A person chooses the tab of a call: one that is on hold is resumed, and the others are held. */
  select(call: SimulatedCall): void {
    const { calls, singleMode } = this.parts;
    calls.select(call);
    if (singleMode || call.stage !== 'confirmed') return;
    this.control.holdOthers(call);
    if (call.localHold) this.control.setHold(call, false);
  }
}
