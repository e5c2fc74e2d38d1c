import { Dialog, responseTo, SDP } from './dialog';
import { Media } from './media';
import { directionOf, isHold, readSdp, writeSdp } from './sdp';
import { SipMessage, uriIn, userIn, type Headers } from './sip-message';
import type { Place, Transactions } from './transactions';
import { Witness } from './witness';

export interface CallParts {
  transactions: Transactions;
  self: Place;
  send(message: SipMessage, to: Place): void;
  /** How a transfer turns out that the far end asks for. */
  transferResult(): number;
}

export interface Caller {
  number: string;
  name?: string;
  /** Of the number; the peer's own without it. */
  domain?: string;
}

/** One call of the peer, from its beginning to its end. What the far end does stands in `seen`, in words. */
export class PeerCall extends Witness {
  /** All tones that the far end has sent, whichever way. */
  tones = '';
  state: 'calling' | 'ringing' | 'connected' | 'ended' = 'calling';
  private version = 0;
  private holding = false;
  private held = false;
  private sentInvite: SipMessage | undefined;

  private constructor(
    private readonly parts: CallParts,
    private readonly dialog: Dialog,
    readonly media: Media,
    /** The far end's INVITE, when it calls. */
    readonly invite?: SipMessage,
  ) {
    super();
  }

  /** Calls somebody; `until('ringing')` and so on tell what becomes of it. */
  static async begin(parts: CallParts, to: string, caller: Caller): Promise<PeerCall> {
    const { number, name = '', domain = `${parts.self.host}:${parts.self.port}` } = caller;
    const from = `${name === '' ? '' : `"${name}" `}<sip:${number === '' ? '' : `${number}@`}${domain}>`;
    const call = await PeerCall.with(parts, Dialog.toCall(from, to, parts.self));
    void call.dial();
    return call;
  }

  /** Takes what the far end calls: it waits for `ring`, `answer` or `refuse`. */
  static async taken(parts: CallParts, invite: SipMessage, from: Place): Promise<PeerCall> {
    const call = await PeerCall.with(parts, Dialog.ofInvite(invite, parts.self, from), invite);
    call.learnMedia(invite);
    return call;
  }

  private static async with(parts: CallParts, dialog: Dialog, invite?: SipMessage): Promise<PeerCall> {
    const late: { call?: PeerCall } = {};
    const media = await Media.open(parts.self.host, (digit) => late.call?.hear(digit));
    late.call = new PeerCall(parts, dialog, media, invite);
    return late.call;
  }

  get callId(): string {
    return this.dialog.callId;
  }

  /** Whom the far end has called. */
  get calledUser(): string {
    return userIn(this.invite?.requestUri ?? '');
  }

  ring(status = 180): void {
    this.state = 'ringing';
    this.answerInvite(status);
  }

  answer(headers: Headers = []): void {
    this.state = 'connected';
    this.answerInvite(200, [...SDP, ...headers], this.description());
  }

  refuse(status: number): void {
    this.answerInvite(status);
    this.end();
  }

  /** A BYE, a CANCEL, or a refusal, as it fits. */
  async hangup(reason: Headers = []): Promise<void> {
    if (this.state === 'connected') {
      this.end();
      await this.ask('BYE', reason);
    } else if (this.sentInvite && this.state !== 'ended') {
      await this.parts.transactions.request(
        this.dialog.followUp('CANCEL', this.sentInvite, false, reason),
        this.dialog.place,
      );
      await this.until(/^refused|^connected/);
    } else if (this.state !== 'ended') this.refuse(603);
  }

  hold(): Promise<number> {
    this.holding = true;
    return this.offer();
  }

  resume(): Promise<number> {
    this.holding = false;
    return this.offer();
  }

  /** A request of the far end in this call. */
  take(request: SipMessage): void {
    this.dialog.learnFrom(request);
    switch (request.method) {
      case 'ACK':
        this.note('acknowledged');
        return;
      case 'INVITE':
      case 'UPDATE':
        this.takeOffer(request);
        return;
      case 'CANCEL':
        this.reply(request, 200);
        if (this.state === 'connected' || this.state === 'ended') return;
        this.answerInvite(487);
        this.end();
        this.note(`cancelled ${request.header('Reason')}`.trim());
        return;
      case 'BYE':
        this.reply(request, 200);
        this.end();
        this.note('hung up');
        return;
      case 'REFER':
        this.reply(request, 202);
        this.note(`transfer to ${uriIn(request.header('Refer-To'))}`);
        void this.tellOfTransfer();
        return;
      case 'INFO':
        this.reply(request, 200);
        this.hear(/^(?:\s*Signal\s*=\s*)?([0-9*#A-D])/im.exec(request.body)?.[1] ?? '');
        return;
      case 'OPTIONS':
      case 'NOTIFY':
      case 'MESSAGE':
        this.reply(request, 200);
        return;
      default:
        this.reply(request, 501);
    }
  }

  /** Without a word to the far end. */
  end(): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.media.close();
  }

  private async dial(): Promise<void> {
    const invite = this.dialog.request('INVITE', SDP, this.description());
    this.sentInvite = invite;
    const { transactions } = this.parts;
    const response = await transactions
      .request(invite, this.dialog.place, (provisional) => {
        if ((provisional.status ?? 0) === 100) return;
        this.state = 'ringing';
        this.note('ringing');
      })
      .catch((error: unknown) => {
        this.end();
        this.note(`failed: ${String(error)}`);
      });
    if (!response) return;
    this.acknowledge(invite, response);
    if ((response.status ?? 0) >= 300) {
      this.end();
      this.note(`refused ${response.status ?? 0}`);
      return;
    }
    this.learnMedia(response);
    this.state = 'connected';
    this.note('connected');
  }

  private async offer(): Promise<number> {
    const invite = this.dialog.request('INVITE', SDP, this.description());
    const response = await this.parts.transactions.request(invite, this.dialog.place);
    this.acknowledge(invite, response);
    if (response.status === 200) this.learnMedia(response);
    return response.status ?? 0;
  }

  private acknowledge(invite: SipMessage, response: SipMessage): void {
    this.dialog.learnFrom(response);
    const accepted = (response.status ?? 0) < 300;
    this.parts.send(this.dialog.followUp('ACK', invite, accepted), this.dialog.place);
  }

  private takeOffer(request: SipMessage): void {
    const offered = readSdp(request.body);
    if (offered) {
      const was = this.held;
      this.held = isHold(offered.direction);
      this.learnMedia(request);
      if (this.held !== was) this.note(this.held ? 'held' : 'resumed');
    }
    const description = offered || request.method === 'INVITE' ? this.description() : '';
    this.reply(request, 200, description === '' ? [] : SDP, description);
  }

  private async tellOfTransfer(): Promise<void> {
    const tell = (status: number, state: string): Promise<SipMessage> =>
      this.ask(
        'NOTIFY',
        [
          ['Event', 'refer'],
          ['Subscription-State', state],
          ['Content-Type', 'message/sipfrag;version=2.0'],
        ],
        `SIP/2.0 ${status} ${status < 200 ? 'Trying' : 'Done'}\r\n`,
      );
    try {
      await tell(100, 'active;expires=60');
      await tell(this.parts.transferResult(), 'terminated;reason=noresource');
      this.note('transfer told');
    } catch (error) {
      this.note(`transfer not told: ${String(error)}`);
    }
  }

  private hear(tone: string): void {
    if (tone === '') return;
    this.tones += tone;
    this.note(`tone ${tone}`);
  }

  private learnMedia(message: SipMessage): void {
    const audio = readSdp(message.body);
    if (!audio || this.state === 'ended') return;
    if (audio.tones !== undefined && message.status === undefined) this.media.tones = audio.tones;
    this.media.talkTo({ ...audio, host: this.dialog.place.host });
  }

  private description(): string {
    this.version += 1;
    const { port, tones } = this.media;
    const direction = directionOf(this.holding, this.held);
    return writeSdp({ host: this.parts.self.host, port, direction, tones }, this.version);
  }

  private ask(method: string, headers: Headers, body = ''): Promise<SipMessage> {
    return this.parts.transactions.request(this.dialog.request(method, headers, body), this.dialog.place);
  }

  private answerInvite(status: number, headers: Headers = [], body = ''): void {
    if (this.invite) this.reply(this.invite, status, headers, body);
  }

  private reply(request: SipMessage, status: number, headers: Headers = [], body = ''): void {
    const { tag, contact } = this.dialog;
    const response = responseTo(request, status, { tag, headers: [contact, ...headers], body });
    this.parts.transactions.respond(request, response);
  }
}
