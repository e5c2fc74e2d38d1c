import type { Voicemail } from '../../../phone/voicemail';
import type { SimulatedCall } from '../../calls/simulated-call';
import type { Parts } from '../../parts';
import { MOST_CALLS } from '../../calls/incoming-checks';
import { CallLogLines } from './call-log-lines';
import { LogFile } from '../log-file';
import { notifyVoicemail } from './mailbox-log';
import { RegistrationLog } from './registration-log';
import { sipUri } from './sip-address-text';
import { OwnIdentity, SipDialog } from './sip-dialog';
import { SipExchange } from './sip-exchange';

const MODULES = ['pjsua-log', 'tsx-layer', 'stateful-util', 'ua', '100rel', 'pjsua', 'invite', 'refer', 'pjsua-im'];

/** Slots of the conference bridge of PJSIP that come before those of recorders. */
const RECORDER_SLOT = 10;

/** A call of the log, with what was last written of it. */
interface Written {
  dialog: SipDialog;
  stage: SimulatedCall['stage'] | 'offered';
  localHold: boolean;
  remoteHold: boolean;
}

/** The log of one run of the SIP stack: from its start until it ends or the process is gone. */
export class SipLog {
  private readonly file: LogFile;
  private readonly exchange: SipExchange;
  private readonly lines: CallLogLines;
  private readonly registration: RegistrationLog;
  private readonly written = new Map<string, Written>();
  private nextSlot = 0;

  /** @throws PhoneError as `LogFile` does */
  constructor(
    private readonly parts: Parts,
    path: string,
  ) {
    this.file = new LogFile(path, parts.clock);
    this.exchange = new SipExchange(this.file);
    this.lines = new CallLogLines(this.exchange, parts.clock, parts.streams);
    this.registration = new RegistrationLog(this.exchange);
    this.begin();
  }

  registrationChanged(): void {
    this.registration.changed(this.parts.registration, this.own);
  }

  offered(call: SimulatedCall): void {
    const { dialog } = this.open(call, 'offered');
    this.lines.offered(dialog);
  }

  turnedAway(call: SimulatedCall): void {
    this.lines.turnedAway(new SipDialog(call, -1, this.own, this.parts.clock.now()));
  }

  changed(call: SimulatedCall): void {
    const known = this.written.get(call.sipCallId);
    if (!known) {
      this.lines.dialled(this.open(call, call.stage).dialog);
      return;
    }
    const { dialog } = known;
    dialog.call = call;
    if (known.stage !== call.stage) {
      if (call.stage === 'early') {
        this.lines.rings(dialog);
      } else {
        this.lines.answered(dialog);
        if (this.parts.updatesContact) this.lines.contactUpdated(dialog);
      }
    }
    if (known.localHold !== call.localHold) this.lines.heldByUs(dialog);
    if (known.remoteHold !== call.remoteHold) this.lines.heldByThem(dialog);
    const { stage, localHold, remoteHold } = call;
    Object.assign(known, { stage, localHold, remoteHold });
  }

  transferred(call: SimulatedCall, user: string, host = this.parts.domain): void {
    const known = this.written.get(call.sipCallId);
    if (known) this.lines.transferred(known.dialog, user, host);
  }

  refused(call: SimulatedCall, refusal: Parameters<CallLogLines['refused']>[1]): void {
    this.close(call, (dialog) => {
      this.lines.refused(dialog, refusal, this.forwardedTo);
    });
  }

  ended(call: SimulatedCall, ending: Parameters<CallLogLines['ended']>[1]): void {
    this.close(call, (dialog) => {
      this.lines.ended(dialog, ending, this.forwardedTo);
    });
  }

  /** The server tells of the mailbox. */
  voicemail(voicemail: Voicemail): void {
    notifyVoicemail(this.exchange, this.own, voicemail);
  }

  /** @param id what PJSIP numbers the recorder */
  recordingBegun(path: string, id: number): void {
    this.exchange.line('ui', 'pjsua_aud.c', 0, `Creating recorder ${path}..`);
    this.exchange.line('ui', 'pjsua_aud.c', 1, `Recorder created, id=${id}, slot=${RECORDER_SLOT + id}`);
  }

  recordingOver(id: number): void {
    this.exchange.line('ui', 'pjsua_aud.c', 0, `Destroying recorder ${id}..`);
  }

  /** The SIP stack goes down in good order. */
  end(): void {
    const core = (text: string): void => {
      this.exchange.line('ui', 'pjsua_core.c', 0, text);
    };
    core('Shutting down, flags=0...');
    core('PJSUA state changed: RUNNING --> CLOSING');
    this.registration.signOff(this.own);
    core('PJSUA state changed: CLOSING --> NULL');
    core('PJSUA destroyed...');
    this.breakOff();
  }

  /** The process is gone: the log ends where it is. */
  breakOff(): void {
    this.file.close();
  }

  private begin(): void {
    for (const name of MODULES) this.exchange.line('ui', 'sip_endpoint.c', 1, `Module "mod-${name}" registered`);
    this.exchange.line('ui', 'pjsua_core.c', 1, 'pjsua version 2.15.1 for  initialized');
    for (const change of ['CREATED --> INIT', 'INIT --> STARTING', 'STARTING --> RUNNING']) {
      this.exchange.line('ui', 'pjsua_core.c', 1, `PJSUA state changed: ${change}`);
    }
    for (const step of ['Set audio codecs', 'Create transport']) this.exchange.line('ui', 'mainDlg.cpp', 0, step);
    this.exchange.line('ui', 'pjsua_acc.c', 0, `Adding account: id=${this.own.address}`);
    this.exchange.line('ui', 'pjsua_acc.c', 1, `Account ${this.own.address} added with id 0`);
  }

  private get own(): OwnIdentity {
    return new OwnIdentity(this.parts.account, this.parts.domain);
  }

  private get forwardedTo(): string | undefined {
    const { forwardingNumber } = this.parts.rules;
    return forwardingNumber === undefined ? undefined : sipUri(forwardingNumber, this.parts.domain);
  }

  private open(call: SimulatedCall, stage: Written['stage']): Written {
    const { clock, domain } = this.parts;
    const dialog = new SipDialog(call, this.freeSlot(), new OwnIdentity(call.account, domain), clock.now());
    const written = { dialog, stage, localHold: false, remoteHold: false };
    this.written.set(call.sipCallId, written);
    return written;
  }

  private close(call: SimulatedCall, write: (dialog: SipDialog) => void): void {
    const known = this.written.get(call.sipCallId);
    this.written.delete(call.sipCallId);
    if (known) write(known.dialog);
  }

  /** They are given out in turn. */
  private freeSlot(): number {
    const used = new Set([...this.written.values()].map(({ dialog }) => dialog.slot));
    let slot = this.nextSlot;
    while (used.has(slot) && used.size < MOST_CALLS) slot = (slot + 1) % MOST_CALLS;
    this.nextSlot = (slot + 1) % MOST_CALLS;
    return slot;
  }
}
