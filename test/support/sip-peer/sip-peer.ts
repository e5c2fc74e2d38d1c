import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { newToken, responseTo } from './dialog';
import { PeerCall, type Caller } from './peer-call';
import { SipMessage, userIn } from './sip-message';
import { Transactions, type Place } from './transactions';
import { Witness } from './witness';

const HOST = '127.0.0.1';

/**
 * A telephone of the tests, by SIP over UDP on this computer: the far end of MicroSIP's calls, which does what a test
 * says, and tells what it sees. It is our own because no library fits: `sip` has no dialogs and pulls in an outdated
 * `ws`, `drachtio-srf` needs its server, `jssip` and `sip.js` speak by WebSocket only.
 */
export class SipPeer extends Witness {
  readonly calls: PeerCall[] = [];
  /** What a far end becomes that a call is transferred to. */
  transferResult = 200;
  /** As a registrar it answers with this. */
  registerStatus = 200;
  /** Where who has registered here can be called. */
  contact: string | undefined;
  private readonly transactions: Transactions;

  private constructor(private readonly socket: Socket) {
    super();
    this.transactions = new Transactions(
      (message, to) => {
        this.send(message, to);
      },
      (request, from) => {
        this.take(request, from);
      },
    );
    // Windows may report so that nobody listens where a packet went.
    socket.on('error', () => undefined);
    socket.on('message', (packet, { address, port }) => {
      const message = SipMessage.read(packet.toString('utf8'));
      if (message) this.transactions.receive(message, { host: address, port });
    });
  }

  /** @param port a free one without it */
  static async open(port = 0): Promise<SipPeer> {
    const socket = createSocket('udp4');
    socket.bind(port, HOST);
    await once(socket, 'listening');
    return new SipPeer(socket);
  }

  get place(): Place {
    return { host: HOST, port: this.socket.address().port };
  }

  uri(user: string): string {
    const { host, port } = this.place;
    return `sip:${user}@${host}:${port}`;
  }

  /** @param to such as `sip:1001@127.0.0.1:5060` */
  async call(to: string, caller: Caller): Promise<PeerCall> {
    const call = await PeerCall.begin(this.parts, to, caller);
    this.calls.push(call);
    return call;
  }

  /** The nth call that the far end makes: 1 is the first. */
  async called(nth = 1): Promise<PeerCall> {
    const callId = (await this.until(/^call /, { nth })).replace(/^call (\S+) .*$/, '$1');
    const call = this.calls.find((one) => one.callId === callId);
    if (!call) throw new Error(`no call ${callId}`);
    return call;
  }

  /** Those that are not over, the oldest first. */
  get open(): PeerCall[] {
    return this.calls.filter(({ state }) => state !== 'ended');
  }

  async close(): Promise<void> {
    for (const call of this.calls) call.end();
    this.transactions.close();
    this.socket.close();
    await once(this.socket, 'close');
  }

  private get parts() {
    return {
      transactions: this.transactions,
      self: this.place,
      send: (message: SipMessage, to: Place) => {
        this.send(message, to);
      },
      transferResult: () => this.transferResult,
    };
  }

  private send(message: SipMessage, { host, port }: Place): void {
    // A port that nobody listens on is no reason to fail: there is no answer from it.
    this.socket.send(message.toString(), port, host, () => undefined);
  }

  private take(request: SipMessage, from: Place): void {
    const call = this.calls.find(({ callId }) => callId === request.callId);
    if (call) call.take(request);
    else if (request.method === 'INVITE') void this.takeInvite(request, from);
    else if (request.method !== 'ACK') this.takeOutside(request, from);
  }

  private async takeInvite(invite: SipMessage, from: Place): Promise<void> {
    this.transactions.respond(invite, responseTo(invite, 100));
    const call = await PeerCall.taken(this.parts, invite, from);
    this.calls.push(call);
    this.note(`call ${call.callId} to ${call.calledUser}`);
  }

  /** What belongs to no call. */
  private takeOutside(request: SipMessage, from: Place): void {
    const answer = (status: number, headers: [string, string][] = []): void => {
      this.transactions.respond(request, responseTo(request, status, { tag: newToken(), headers }));
    };
    switch (request.method) {
      case 'REGISTER': {
        const user = userIn(request.header('To').replace(/^.*</, ''));
        this.contact = `sip:${user}@${from.host}:${from.port}`;
        const accepted: [string, string][] = [
          ['Contact', request.header('Contact')],
          ['Expires', request.header('Expires') || '300'],
        ];
        answer(this.registerStatus, this.registerStatus < 300 ? accepted : []);
        this.note(request.header('Expires') === '0' ? 'unregistered' : `registered ${user}`);
        return;
      }
      case 'MESSAGE':
        answer(200);
        this.note(`message to ${userIn(request.requestUri)}: ${request.body}`);
        return;
      case 'OPTIONS':
        answer(200);
        return;
      case 'BYE':
      case 'CANCEL':
        answer(481);
        return;
      default:
        answer(501);
    }
  }
}
