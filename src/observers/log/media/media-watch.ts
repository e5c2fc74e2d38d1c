import type { CallQuality } from '../../../phone/calls/call-quality';
import type { LogRecord } from '../records/record-splitter';
import type { SipCall } from '../sip/sip-call';
import type { SipMessage } from '../sip/sip-message';
import { CallSlots, type KnownCalls } from './call-slots';
import { parseMediaDump } from './media-dump';
import { qualityOf } from './quality-of-dump';

const DEINITIALIZING = /^Call (\d{1,4}): deinitializing media\.\.$/;

/** How good the audio of a call was; undefined when nothing is said of it, and nothing will be. */
export type MediaReport = (call: SipCall, quality: CallQuality | undefined, time: number) => void;

/**
 * Finds the dumps that PJSIP writes at the end of calls, and whose they are. A header of the far end stands in each, so
 * only one counts that comes right behind the line in which PJSIP says whose media it takes down.
 */
export class MediaWatch {
  private readonly slots: CallSlots;
  /** Named by the record before this one. */
  private torndown: number | undefined;

  constructor(
    calls: KnownCalls,
    private readonly report: MediaReport,
  ) {
    this.slots = new CallSlots(calls);
  }

  /** @param header of the dumped message, without its direction and length */
  message(message: SipMessage, sent: boolean, header: string): void {
    this.slots.message(message, sent, header);
  }

  /** Every record. @param time of a `LogClock`, ms */
  record({ sender, text, message, adjoins = false }: LogRecord, time: number): void {
    const slot = this.torndown;
    this.torndown = undefined;
    if (slot !== undefined) this.over(slot, sender === 'pjsua_media.c' && adjoins ? text : '', time);
    if (message || (sender !== 'pjsua_media.c' && sender !== 'pjsua_call.c')) return;
    if (sender === 'pjsua_media.c') {
      const found = DEINITIALIZING.exec(text)?.[1];
      if (found !== undefined) {
        this.torndown = Number(found);
        return;
      }
    }
    this.slots.line(text);
  }

  forget(): void {
    this.slots.forget();
    this.torndown = undefined;
  }

  /** @param text of the dump, if one came */
  private over(slot: number, text: string, time: number): void {
    const dump = parseMediaDump(text);
    const call = this.slots.takeFrom(slot, dump?.remoteTag);
    if (call) this.report(call, dump && qualityOf(dump), time);
  }
}
