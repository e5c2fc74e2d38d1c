import type { SipCall } from '../sip/sip-call';
import type { SipMessage } from '../sip/sip-message';

const INITIALIZING = /^Call (\d{1,4}): initializing media\.\.$/;
const INCOMING = /^Incoming (Request msg INVITE\/cseq=\d+ \(\w+\))$/;
/** PJSIP has no more than 32 of them. */
const MOST_SLOTS = 64;
const MOST_KNOWN = 16;

/** The calls of a log, as far as it is asked which one has a slot. */
export interface KnownCalls {
  byCallId(callId: string): SipCall | undefined;
  /** Those with this tag of the far end, open or just over. */
  withRemoteTag(tag: string): SipCall[];
}

/**
 * Which call has which of PJSIP's slots. No line names both: the slot stands between the message that opens a call and what
 * PJSIP makes of it, all of which it writes under one lock.
 */
export class CallSlots {
  private readonly bySlot = new Map<number, SipCall>();
  /** Their media were taken down. */
  private readonly over = new WeakSet<SipCall>();
  /** Call-IDs of the INVITEs that came lately, by the name of the message in memory. */
  private readonly received = new Map<string, string>();
  /** The Call-ID of an INVITE that becomes a call now. */
  private offered: string | undefined;
  /** Slots of dialled calls whose INVITE has not been sent, the oldest first. */
  private dialled: number[] = [];

  constructor(private readonly calls: KnownCalls) {}

  /** @param name of a received message: `Request msg INVITE/cseq=1 (rdata…)` */
  message(message: SipMessage, sent: boolean, name: string): void {
    const { method, callId, toTag, status } = message;
    if (method !== 'INVITE' || status !== undefined || toTag !== undefined || callId === undefined) return;
    if (!sent) {
      this.received.delete(name);
      this.received.set(name, callId);
      const [oldest] = this.received.keys();
      if (this.received.size > MOST_KNOWN && oldest !== undefined) this.received.delete(oldest);
      return;
    }
    if (this.isKnown(callId)) return;
    const slot = this.dialled.shift();
    if (slot !== undefined) this.bind(slot, callId);
  }

  /** A record of `pjsua_call.c` or `pjsua_media.c`. */
  line(text: string): void {
    const incoming = INCOMING.exec(text)?.[1];
    if (incoming !== undefined) this.offered = this.received.get(incoming);
    else if (text.startsWith('Making call with acc ')) this.offered = undefined;
    else if (text.startsWith('Unable to make call')) this.dialled.pop();
    else this.initializing(text);
  }

  /**
   * The call whose media are taken down in this slot, once.
   * @param remoteTag the far end's own word, which may name another call: it only speaks against one that is known better,
   * and for one when nothing else is known
   */
  takeFrom(slot: number, remoteTag: string | undefined): SipCall | undefined {
    const call = this.callIn(slot, remoteTag);
    this.bySlot.delete(slot);
    if (call) this.over.add(call);
    return call;
  }

  forget(): void {
    this.bySlot.clear();
    this.received.clear();
    this.offered = undefined;
    this.dialled = [];
  }

  private callIn(slot: number, remoteTag: string | undefined): SipCall | undefined {
    const bound = this.bySlot.get(slot);
    if (bound) return remoteTag === undefined || hasTag(bound, remoteTag) ? bound : undefined;
    if (remoteTag === undefined) return undefined;
    const others = new Set(this.bySlot.values());
    const calls = this.calls.withRemoteTag(remoteTag);
    const [only, ...more] = calls.filter((call) => !others.has(call) && !this.over.has(call));
    return more.length > 0 ? undefined : only;
  }

  private initializing(text: string): void {
    const found = INITIALIZING.exec(text)?.[1];
    if (found === undefined) return;
    const slot = Number(found);
    this.bySlot.delete(slot);
    if (this.offered !== undefined) this.bind(slot, this.offered);
    else if (this.dialled.push(slot) > MOST_KNOWN) this.dialled.shift();
    this.offered = undefined;
  }

  private bind(slot: number, callId: string): void {
    const call = this.calls.byCallId(callId);
    if (!call) return;
    this.bySlot.set(slot, call);
    const [oldest] = this.bySlot.keys();
    if (this.bySlot.size > MOST_SLOTS && oldest !== undefined) this.bySlot.delete(oldest);
  }

  private isKnown(callId: string): boolean {
    const call = this.calls.byCallId(callId);
    return call !== undefined && [...this.bySlot.values()].includes(call);
  }
}

function hasTag(call: SipCall, tag: string): boolean {
  return (
    call.remoteTag === tag || call.earlyTags.has(tag) || (call.remoteTag === undefined && call.earlyTags.size === 0)
  );
}
