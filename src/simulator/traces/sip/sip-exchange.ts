import type { LogFile, LogThread } from '../log-file';
import {
  objectName,
  randomHex,
  REMOTE_TARGET,
  SERVER_ADDRESS,
  type InviteState,
  type SipDialog,
  type Transaction,
} from './sip-dialog';
import { requestText, responseText, type MessageContent } from './sip-message-text';

export interface Answer extends MessageContent {
  status: number;
  reason: string;
}

const TRANSPORT = 'udp0000000000ce2200';

/** The messages of calls, each with the lines that PJSIP writes around it (docs/microsip/log.md#2 and #5). */
export class SipExchange {
  constructor(private readonly log: LogFile) {}

  /** @param thread commands send on the thread of the windows */
  line(thread: LogThread, sender: string, depth: number, text: string): void {
    this.log.line(thread, sender, depth, text);
  }

  /** What PJSIP writes of a call when its media are taken down. */
  summary(thread: LogThread, depth: number, text: string): void {
    this.log.summary(thread, 'pjsua_media.c', depth, text);
  }

  /** A dumped message that we send. */
  transmit(thread: LogThread, depth: number, what: string, data: string, message: string): void {
    const size = Buffer.byteLength(message);
    const head = `TX ${size} bytes ${what} (${data}) to UDP ${SERVER_ADDRESS}:`;
    this.log.line(thread, 'pjsua_core.c', depth, `${head}\n${message}\n--end msg--`);
    this.log.line(thread, TRANSPORT, depth, `${what} (${data}) sent successfully`);
  }

  /** A dumped message that we receive. @returns PJSIP's name of it */
  receive(what: string, message: string): string {
    const named = `${what} (${objectName('rdata')})`;
    const head = `RX ${Buffer.byteLength(message)} bytes ${named} from UDP ${SERVER_ADDRESS}:`;
    this.log.line('worker', 'sip_endpoint.c', 0, `Processing incoming message: ${named}`);
    this.log.line('worker', 'pjsua_core.c', 1, `${head}\n${message}\n--end msg--`);
    return named;
  }

  state(dialog: SipDialog, thread: LogThread, to: InviteState, event: 'TSX_STATE' | 'TX_MSG' | 'RX_MSG'): void {
    this.log.line(thread, dialog.inv, 4, `State changed from ${dialog.state} to ${to}, event=${event}`);
    dialog.state = to;
  }

  sendRequest(dialog: SipDialog, thread: LogThread, method: string, content: MessageContent = {}): Transaction {
    dialog.cseq += 1;
    const transaction = { method, cseq: dialog.cseq, ours: true, branch: ownBranch(), name: objectName('tsx') };
    if (!dialog.opening) dialog.opening = transaction;
    this.sendFirst(dialog, thread, transaction, content);
    return transaction;
  }

  /** Takes back our INVITE that nobody has answered: with its number and its branch. */
  sendCancel(dialog: SipDialog, thread: LogThread, opening: Transaction): Transaction {
    const transaction = { ...opening, method: 'CANCEL', name: objectName('tsx') };
    this.sendFirst(dialog, thread, transaction, {});
    return transaction;
  }

  receiveResponse(dialog: SipDialog, transaction: Transaction, answer: Answer): void {
    const { name, method, cseq } = transaction;
    const text = responseText(dialog, transaction, answer, answer);
    const what = this.receive(`Response msg ${answer.status}/${method}/cseq=${cseq}`, text);
    // Only the INVITE that opens a call has had a provisional answer.
    const from = transaction === dialog.opening && answer.status > 100 ? 'Proceeding' : 'Calling';
    this.log.line('worker', name, 1, `Incoming ${what} in state ${from}`);
    if (method === 'INVITE' && answer.status >= 300) this.sendAck(dialog, transaction, false);
    const to =
      answer.status < 200 ? 'Proceeding' : method === 'INVITE' && answer.status < 300 ? 'Terminated' : 'Completed';
    this.log.line('worker', name, 2, `State changed from ${from} to ${to}, event=RX_MSG`);
    this.log.line('worker', dialog.dlg, 3, `Received ${what}`);
  }

  /** @param accepted the INVITE; else the ACK belongs to its transaction */
  sendAck(dialog: SipDialog, invite: Transaction, accepted: boolean): void {
    const transaction = { ...invite, method: 'ACK', ...(accepted && { branch: ownBranch() }) };
    const to = accepted || invite !== dialog.opening ? REMOTE_TARGET : dialog.dialledUri;
    const what = `Request msg ACK/cseq=${invite.cseq}`;
    const data = objectName('tdta');
    this.log.line('worker', 'sip_util.c', 4, `${what} (${data}) created.`);
    this.transmit('worker', 5, what, data, requestText(dialog, transaction, {}, to));
  }

  receiveRequest(dialog: SipDialog, method: string, content: MessageContent = {}): Transaction {
    dialog.remoteCseq += 1;
    const transaction = {
      method,
      cseq: dialog.remoteCseq,
      ours: false,
      branch: remoteBranch(),
      name: objectName('tsx'),
    };
    if (!dialog.opening) dialog.opening = transaction;
    this.receiveFirst(dialog, transaction, content);
    return transaction;
  }

  /** The caller gives up. */
  receiveCancel(dialog: SipDialog, opening: Transaction, content: MessageContent): Transaction {
    const transaction = { ...opening, method: 'CANCEL', name: objectName('tsx') };
    this.receiveFirst(dialog, transaction, content);
    return transaction;
  }

  sendResponse(dialog: SipDialog, thread: LogThread, transaction: Transaction, answer: Answer): void {
    const { method, cseq, name } = transaction;
    const what = `Response msg ${answer.status}/${method}/cseq=${cseq}`;
    const data = objectName('tdta');
    if (method === 'INVITE') this.log.line(thread, dialog.inv, 2, `Sending ${what} (${data})`);
    this.log.line(thread, dialog.dlg, 3, `Sending ${what} (${data})`);
    this.transmit(thread, 4, what, data, responseText(dialog, transaction, answer, answer));
    const to = answer.status < 200 ? 'Proceeding' : 'Completed';
    const from = transaction === dialog.opening && answer.status > 100 ? 'Proceeding' : 'Trying';
    this.log.line(thread, name, 4, `State changed from ${from} to ${to}, event=TX_MSG`);
  }

  receiveAck(dialog: SipDialog, invite: Transaction, accepted: boolean): void {
    const transaction = { ...invite, method: 'ACK', ...(accepted && { branch: remoteBranch() }) };
    const what = this.receive(
      `Request msg ACK/cseq=${invite.cseq}`,
      requestText(dialog, transaction, {}, dialogTarget(dialog)),
    );
    this.log.line('worker', accepted ? dialog.dlg : invite.name, 1, `Received ${what}`);
  }

  private sendFirst(dialog: SipDialog, thread: LogThread, transaction: Transaction, content: MessageContent): void {
    const { method, cseq, name } = transaction;
    const what = `Request msg ${method}/cseq=${cseq}`;
    const data = objectName('tdta');
    const opens = dialog.opening?.cseq === cseq;
    this.log.line(thread, 'sip_util.c', 1, `${what} (${data}) created.`);
    if (['INVITE', 'BYE', 'CANCEL'].includes(method)) this.log.line(thread, dialog.inv, 2, `Sending ${what} (${data})`);
    this.log.line(thread, dialog.dlg, 3, `Sending ${what} (${data})`);
    this.log.line(thread, name, 4, `Transaction created for ${what} (${data})`);
    const text = requestText(dialog, transaction, content, opens ? dialog.dialledUri : REMOTE_TARGET);
    this.transmit(thread, 4, what, data, text);
    this.log.line(thread, name, 4, 'State changed from Null to Calling, event=TX_MSG');
  }

  private receiveFirst(dialog: SipDialog, transaction: Transaction, content: MessageContent): void {
    const { method, cseq, name } = transaction;
    const text = requestText(dialog, transaction, content, dialogTarget(dialog));
    const what = this.receive(`Request msg ${method}/cseq=${cseq}`, text);
    if (method === 'INVITE' && transaction === dialog.opening)
      this.log.line('worker', 'pjsua_call.c', 1, `Incoming ${what}`);
    this.log.line('worker', name, 2, `Incoming ${what} in state Null`);
    this.log.line('worker', name, 3, 'State changed from Null to Trying, event=RX_MSG');
  }
}

/** Where the far end sends its requests: our contact without brackets. */
function dialogTarget({ own }: SipDialog): string {
  return own.contact.slice(1, -1);
}

function ownBranch(): string {
  return `z9hG4bKPj${randomHex(32)}`;
}

function remoteBranch(): string {
  return `z9hG4bK-${randomHex(8)}`;
}
