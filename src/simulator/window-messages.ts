import { RING_ANSWER_BUTTON, RING_DECLINE_BUTTON, queuedDelivery, type Version } from '../microsip/microsip-protocol';
import type { Feature } from '../phone/commands/command';
import type { CallControl } from './calls/call-control';
import type { Conference } from './calls/conference';
import { ENDINGS, hasRingWindow } from './calls/simulated-call';
import { runCommand } from './commands/command-handler';
import { parseText } from './commands/command-parser';
import type { Dialler } from './commands/dialler';
import type { Parts } from './parts';

/** What other programs may send to the windows: texts and clicks. */
export class WindowMessages {
  constructor(
    private readonly parts: Parts,
    private readonly control: CallControl,
    private readonly conference: Conference,
    private readonly dialler: Dialler,
    private readonly version: Version,
  ) {}

  copyData(dwData: number, text: string): 0 | 1 | Promise<0 | 1> {
    const { ui } = this.parts;
    this.parts.requireRunning();
    if (!ui.isStalled) return this.takeText(dwData, text);
    return new Promise((resolve) => {
      ui.post(
        () => {
          resolve(this.takeText(dwData, text));
        },
        () => {
          resolve(1);
        },
      );
    });
  }

  clickRing(sipCallId: string, controlId: number): boolean {
    const { calls, journal, ui } = this.parts;
    const call = calls.newest(hasRingWindow, sipCallId);
    if (!call) return false;
    journal.add('clicked', String(controlId), sipCallId);
    ui.post(() => {
      if (controlId === RING_ANSWER_BUTTON) this.control.answer(call);
      if (controlId === RING_DECLINE_BUTTON) this.control.reject(call, ENDINGS.declinedByUs);
    });
    return true;
  }

  clickEnd(sipCallId: string, alone: boolean): boolean {
    return this.onSelected(sipCallId, 'end', () => {
      this.control.endSelected(alone);
    });
  }

  chooseFromMenu(sipCallId: string, item: 'merge' | 'separate'): boolean {
    return this.onSelected(sipCallId, item, () => {
      this.conference[item]();
    });
  }

  private onSelected(sipCallId: string, what: string, act: () => void): boolean {
    const { calls, journal, ui } = this.parts;
    const { selected } = calls;
    if (selected?.sipCallId !== sipCallId) return false;
    journal.add('clicked', what, sipCallId);
    ui.post(() => {
      if (calls.selected === selected) act();
    });
    return true;
  }

  clickSwitch(feature: Feature, on: boolean): boolean {
    const { journal, switches, ui } = this.parts;
    if (!switches.offers(feature)) return false;
    journal.add('clicked', feature);
    ui.post(() => {
      switches.set(feature, on);
    });
    return true;
  }

  private takeText(dwData: number, text: string): 0 | 1 | Promise<0 | 1> {
    const { boxes, journal, ui } = this.parts;
    if (!this.parts.isReady || (dwData !== 1 && !(dwData === 2 && queuedDelivery(this.version)))) return 1;
    const end = text.indexOf('\0');
    const received = end < 0 ? text : text.slice(0, end);
    if (received === '') return 0;
    journal.add('received', received);
    const before = boxes.count;
    if (dwData === 1) {
      this.run(received);
      // Whoever sends so waits for the box that it has brought up (docs/microsip/3.22.16.md#6).
      if (boxes.count > before) return boxes.closing().then(() => 0);
    } else
      ui.post(() => {
        if (this.parts.isReady) this.run(received);
        else journal.add('dropped', received);
      });
    return 0;
  }

  private run(text: string): void {
    runCommand(this.parts, this.control, this.dialler, parseText(text));
  }
}
