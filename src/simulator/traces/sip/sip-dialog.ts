import { randomBytes } from 'node:crypto';
import type { SimulatedCall } from '../../calls/simulated-call';
import { escapedUser, nameAddress, printedIdentity, sipUri } from './sip-address-text';

/** As PJSIP names the states of an invite session. */
export type InviteState = 'NULL' | 'CALLING' | 'INCOMING' | 'EARLY' | 'CONNECTING' | 'CONFIRMED' | 'DISCONNECTED';

/** Where the simulated MicroSIP and its server listen. */
export const OWN_ADDRESS = '127.0.0.1:5070';
export const SERVER_ADDRESS = '127.0.0.1:5080';
/** Where the far end wants to be reached within a call. */
export const REMOTE_TARGET = `sip:pbx@${SERVER_ADDRESS}`;

/** One request with all its responses. */
export interface Transaction {
  method: string;
  cseq: number;
  /** We sent the request. */
  ours: boolean;
  branch: string;
  /** Name of PJSIP's object. */
  name: string;
}

/** Our own side in all messages. */
export class OwnIdentity {
  readonly address: string;
  readonly contact: string;
  readonly uri: string;

  constructor(
    readonly user: string,
    readonly domain: string,
  ) {
    this.address = nameAddress({ number: user, host: domain });
    this.contact = `<sip:${escapedUser(user)}@${OWN_ADDRESS};ob>`;
    this.uri = sipUri(user, domain);
  }
}

/** What the messages and log lines of one call share. */
export class SipDialog {
  readonly localTag = randomHex(32);
  readonly remoteTag: string;
  /** Value of the far end's `From` or `To` without tag. */
  readonly remote: string;
  /** The same as PJSIP's own lines show it. */
  readonly printedRemote: string;
  /** The request URI of our INVITE. */
  readonly dialledUri: string;
  readonly inv = objectName('inv');
  readonly dlg = this.inv.replace('inv', 'dlg');
  readonly sessionId = 1_000_000_000 + randomNumber(1_000_000_000);
  state: InviteState = 'NULL';
  /** Of our last request. */
  cseq = 10_000 + randomNumber(30_000);
  /** Of the far end's last request. */
  remoteCseq = 100;
  sdpVersion = 1;
  remoteSdpVersion = 1000;
  firstResponseTime: number | undefined;
  connectedTime: number | undefined;
  /** The INVITE that opened the call. */
  opening: Transaction | undefined;

  constructor(
    public call: SimulatedCall,
    /** PJSIP's number of the call, 0..3. */
    readonly slot: number,
    readonly own: OwnIdentity,
    readonly startTime: number,
  ) {
    const outbound = call.direction === 'outbound';
    this.remoteTag = `${outbound ? 'pbx' : 'ft'}${randomHex(8)}`;
    this.dialledUri = sipUri(call.number, call.host);
    this.remote = outbound ? this.dialledUri : nameAddress(call);
    this.printedRemote = outbound ? this.dialledUri : printedIdentity(call);
  }
}

export function randomHex(digits: number): string {
  return randomBytes(digits / 2).toString('hex');
}

function randomNumber(below: number): number {
  return randomBytes(4).readUInt32LE() % below;
}

let nextAddress = 0xcf0000;

/** Kind and address of an object in memory, as the log shows it. */
export function objectName(kind: 'inv' | 'tsx' | 'tdta' | 'rdata'): string {
  nextAddress += 0x1438;
  return `${kind}${nextAddress.toString(16).padStart(16, '0')}`;
}
