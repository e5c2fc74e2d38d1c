import type { Direction } from '../../../phone/calls/call';
import { CallHold, type Side } from './call-hold';
import type { LogCall, LogCallState } from '../log-happening';
import { assertedParty } from './asserted-identity';
import { diversionOf } from './diversion';
import { partyOf, partyOfUri, userOf, type SipParty } from './sip-address';
import { sdpDirection, type MediaDirection } from './sdp-direction';
import type { SipMessage } from './sip-message';

/** An offer of a session description that waits for its answer. */
export interface Exchange {
  offerer: Side;
  offer?: MediaDirection;
  /** The request had none: the response makes the offer, the ACK answers. */
  offerless: boolean;
}

export interface Transfer {
  cseq: number;
  requested: number;
  target: SipParty;
  accepted: boolean;
}

export interface FinalAnswer {
  time: number;
  status: number;
  reason: string;
  q850Cause?: number;
}

/** One call with what has to be known of its SIP dialog to follow it. */
export class SipCall {
  readonly hold = new CallHold();
  /** CSeq of the last digit that was sent by INFO, and of the last one that came. */
  readonly lastInfo: Record<Side, number> = { local: -1, remote: -1 };
  readonly exchanges = new Map<string, Exchange>();
  /** To tags of the far end's responses: each fork has its own. */
  readonly earlyTags = new Set<string>();
  /** CSeq of the last INVITE that was to open the call: a retry counts on. */
  inviteCseq: number;
  branch: string | undefined;
  localTag: string | undefined;
  remoteTag: string | undefined;
  initialOffer: MediaDirection | undefined;
  party: SipParty;
  rings = false;
  cancelSent = false;
  /** A refusal that pjsip may answer by trying again. */
  refusal: FinalAnswer | undefined;
  transfer: Transfer | undefined;
  ringTime: number | undefined;
  answerTime: number | undefined;
  private readonly account: string | undefined;
  private readonly diversion: string | undefined;
  private shown = '';
  private shownState = '';
  private stateTime: number;

  constructor(
    readonly key: string,
    readonly sipCallId: string | undefined,
    readonly direction: Direction,
    readonly startTime: number,
    opening?: SipMessage,
    party?: SipParty,
  ) {
    const header = (name: string): string | undefined => opening?.headers.get(name)?.[0];
    const inbound = direction === 'inbound';
    const far = partyOf(header(inbound ? 'from' : 'to'));
    this.party = party ?? (opening && !inbound ? withDialledUri(far, opening) : far);
    this.account = userOf(header(inbound ? 'to' : 'from'));
    this.diversion = inbound && opening ? diversionOf(opening) : undefined;
    this.inviteCseq = opening?.cseq ?? 0;
    this.branch = opening?.branch;
    this.initialOffer = opening && sdpDirection(opening);
    if (inbound) this.remoteTag = opening?.fromTag;
    else this.localTag = opening?.fromTag;
    this.stateTime = startTime;
    if (opening && inbound) this.learnIdentity(opening);
  }

  get state(): LogCallState {
    if (this.answerTime !== undefined) return this.hold.heldBy ? 'held' : 'connected';
    if (this.direction === 'inbound') return this.rings ? 'ringing' : 'offered';
    return this.rings ? 'alerting' : 'dialing';
  }

  /** The opening INVITE is sent again with credentials or to another address. */
  retry(message: SipMessage): void {
    this.inviteCseq = message.cseq ?? this.inviteCseq;
    this.branch = message.branch;
    this.refusal = undefined;
  }

  /** Who the network says is on the other end: wins over what the far end says of itself. */
  learnIdentity(message: SipMessage): void {
    const asserted = assertedParty(message);
    if (!asserted) return;
    const name = asserted.name ?? (asserted.number === this.party.number ? this.party.name : undefined);
    this.party = { ...asserted, ...(name !== undefined && { name }) };
  }

  /** Whether a request or response belongs to this call and not to another fork or a stale dialog. */
  owns(message: SipMessage, sent: boolean): boolean {
    const localIsFrom = (message.status === undefined) === sent;
    const local = localIsFrom ? message.fromTag : message.toTag;
    const remote = localIsFrom ? message.toTag : message.fromTag;
    if (local !== this.localTag) return false;
    if (this.remoteTag === undefined && remote !== undefined) return this.earlyTags.has(remote);
    return remote === this.remoteTag;
  }

  /** Notes the time when the state is another one than before; tells whether there is anything new to show. */
  changed(time: number): boolean {
    const state = `${this.state} ${this.hold.heldBy ?? ''}`;
    const { number, name, uri } = this.party;
    const shown = JSON.stringify([state, number, name, uri]);
    if (shown === this.shown) return false;
    if (state !== this.shownState) this.stateTime = time;
    this.shown = shown;
    this.shownState = state;
    return true;
  }

  view(): LogCall {
    const { heldBy } = this.hold;
    return {
      key: this.key,
      ...(this.sipCallId !== undefined && { sipCallId: this.sipCallId }),
      direction: this.direction,
      state: this.state,
      ...(this.state === 'held' && heldBy && { heldBy }),
      party: { ...this.party },
      ...(this.account !== undefined && { account: this.account }),
      ...(this.diversion !== undefined && { diversion: this.diversion }),
      startTime: this.startTime,
      ...(this.ringTime !== undefined && { ringTime: this.ringTime }),
      ...(this.answerTime !== undefined && { answerTime: this.answerTime }),
      stateTime: this.stateTime,
    };
  }
}

/** `To` lacks port and parameters of the address that was dialled; the request URI has them. */
function withDialledUri(party: SipParty, { requestUri }: SipMessage): SipParty {
  if (requestUri === undefined) return party;
  const dialled = partyOfUri(requestUri);
  return dialled.number === party.number && dialled.uri !== undefined ? { ...party, uri: dialled.uri } : party;
}
