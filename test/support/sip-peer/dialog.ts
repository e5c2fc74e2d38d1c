import { randomBytes } from 'node:crypto';
import { placeOf, SipMessage, tagIn, uriIn, type Headers } from './sip-message';
import type { Place } from './transactions';

const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  202: 'Accepted',
  404: 'Not Found',
  408: 'Request Timeout',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  489: 'Bad Event',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  603: 'Decline',
};

export const SDP: Headers = [['Content-Type', 'application/sdp']];

export const newToken = (): string => randomBytes(8).toString('hex');

export function responseTo(
  request: SipMessage,
  status: number,
  { tag = '', headers = [], body = '' }: { tag?: string; headers?: Headers; body?: string } = {},
): SipMessage {
  const to = request.header('To');
  return new SipMessage(
    `SIP/2.0 ${status} ${REASONS[status] ?? 'Whatever'}`,
    [
      ...request.all('Via').map((via) => ['Via', via] as const),
      ...request.all('Record-Route').map((route) => ['Record-Route', route] as const),
      ['From', request.header('From')],
      ['To', tag === '' || tagIn(to) !== '' ? to : `${to};tag=${tag}`],
      ['Call-ID', request.callId],
      ['CSeq', request.header('CSeq')],
      ...headers,
    ],
    body,
  );
}

/** Who talks to whom in one call, as the headers of every request say it. */
export class Dialog {
  readonly tag = newToken();
  private sequence = 0;
  private to: string;
  private target: string;

  /**
   * @param self where the peer listens
   * @param place where the far end's packets come from: what it says of itself may be its address in the network, which
   * Windows does not reach from 127.0.0.1
   */
  private constructor(
    readonly callId: string,
    private readonly from: string,
    to: string,
    target: string,
    private readonly self: Place,
    readonly place: Place,
  ) {
    this.to = to;
    this.target = target;
  }

  static toCall(from: string, to: string, self: Place): Dialog {
    return new Dialog(newToken(), from, `<${to}>`, to, self, placeOf(to));
  }

  static ofInvite(invite: SipMessage, self: Place, from: Place): Dialog {
    const contact = uriIn(invite.header('Contact'));
    return new Dialog(invite.callId, invite.header('To'), invite.header('From'), contact, self, from);
  }

  /** What the far end has said about itself in its response, or in a later request. */
  learnFrom(message: SipMessage): void {
    const contact = uriIn(message.header('Contact'));
    if (contact !== '') this.target = contact;
    if (message.status !== undefined && tagIn(message.header('To')) !== '') this.to = message.header('To');
  }

  request(method: string, headers: Headers = [], body = ''): SipMessage {
    this.sequence += 1;
    return this.message(method, this.sequence, newToken(), headers, body);
  }

  /** Of a 2xx, it is a transaction of its own; of another answer, it belongs to the INVITE, as a CANCEL does. */
  followUp(method: 'ACK' | 'CANCEL', invite: SipMessage, ownBranch: boolean, headers: Headers = []): SipMessage {
    const branch = ownBranch ? newToken() : invite.branch.replace('z9hG4bK', '');
    const message = this.message(method, invite.sequence, branch, headers);
    if (ownBranch) return message;
    const line = invite.firstLine.replace('INVITE', method);
    const to = method === 'CANCEL' ? invite.header('To') : this.to;
    return new SipMessage(
      line,
      message.headers.map(([name, value]) => [name, name === 'To' ? to : value]),
    );
  }

  get contact(): Headers[number] {
    return ['Contact', `<sip:peer@${this.self.host}:${this.self.port}>`];
  }

  private message(method: string, sequence: number, branch: string, headers: Headers, body = ''): SipMessage {
    const { host, port } = this.self;
    return new SipMessage(
      `${method} ${this.target} SIP/2.0`,
      [
        ['Via', `SIP/2.0/UDP ${host}:${port};rport;branch=z9hG4bK${branch}`],
        ['Max-Forwards', '70'],
        ['From', tagIn(this.from) === '' ? `${this.from};tag=${this.tag}` : this.from],
        ['To', this.to],
        ['Call-ID', this.callId],
        ['CSeq', `${sequence} ${method}`],
        this.contact,
        ['User-Agent', 'sip-peer of the tests'],
        ...headers,
      ],
      body,
    );
  }
}
