import type { LogHappening } from '../../../../src/observers/log/log-happening';
import { readInPieces } from './recorded-logs';

export interface MessageParts {
  from?: string;
  to?: string;
  callId?: string;
  cseq?: number;
  branch?: string;
  uri?: string;
  /** Lines without line ends. */
  headers?: string[];
  body?: string;
}

export const US = '<sip:1001@pbx.example.test>';
export const THEM = '"Bob" <sip:200@pbx.example.test>';
const OUR_TAG = ';tag=ours';
const THEIR_TAG = ';tag=theirs';

/** A session description with this direction. */
export function sdp(direction: string, connection = '192.0.2.1'): Pick<MessageParts, 'headers' | 'body'> {
  const lines = ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', `c=IN IP4 ${connection}`, 't=0 0', 'm=audio 4000 RTP/AVP 0'];
  return { headers: ['Content-Type: application/sdp'], body: [...lines, `a=${direction}`, ''].join('\r\n') };
}

export function request(method: string, parts: MessageParts = {}): string {
  return text(`${method} ${parts.uri ?? 'sip:1001@192.0.2.1'} SIP/2.0`, method, parts);
}

/** The response to a request of the method `answers`. */
export function response(status: number, reason: string, answers: string, parts: MessageParts = {}): string {
  return text(`SIP/2.0 ${status} ${reason}`, answers, parts);
}

function text(start: string, method: string, parts: MessageParts): string {
  const { from = THEM + THEIR_TAG, to = US, callId = 'call-1', cseq = 1, branch = 'z9hG4bK1', body = '' } = parts;
  const headers = [
    start,
    `Via: SIP/2.0/UDP 192.0.2.9:5060;branch=${branch}`,
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    ...(parts.headers ?? []),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}

/** From and To of what we and the far end say within a dialog. */
export const byUs = { from: US + OUR_TAG, to: THEM + THEIR_TAG };
export const byThem = { from: THEM + THEIR_TAG, to: US + OUR_TAG };

/** Writes a log the way pjsip does. */
export class ScriptedLog {
  private readonly parts: Buffer[] = [];
  private count = 0;

  /** @param now milliseconds since midnight */
  constructor(private now = 43_200_000) {
    this.line('sip_endpoint.c', 'Module "mod-pjsua-log" registered');
  }

  wait(ms: number): this {
    this.now = (this.now + ms + 86_400_000) % 86_400_000;
    return this;
  }

  line(sender: string, said: string): this {
    return this.raw(`${this.stamp} ${sender.padStart(22)}  ${said}\r\n`);
  }

  raw(bytes: string | Buffer): this {
    this.parts.push(Buffer.from(bytes as string));
    return this;
  }

  rx(message: string | Buffer): this {
    this.count += 1;
    const name = `${nameOf(message)} (rdata0x${this.count})`;
    this.line('sip_endpoint.c', `Processing incoming message: ${name}`);
    return this.dump(`RX ${Buffer.byteLength(message)} bytes ${name} from UDP 192.0.2.9:5060:`, message);
  }

  /** @param data name of the message in pjsip's memory */
  tx(message: string, data = `tdta0x${(this.count += 1)}`): this {
    return this.dump(
      `TX ${Buffer.byteLength(message)} bytes ${nameOf(message)} (${data}) to UDP 192.0.2.9:5060:`,
      message,
    );
  }

  get stamp(): string {
    return new Date(this.now).toISOString().slice(11, 23);
  }

  get bytes(): Buffer {
    return Buffer.concat(this.parts);
  }

  /** What a reader makes of all that was written. */
  get happenings(): LogHappening[] {
    return readInPieces(this.bytes);
  }

  private dump(head: string, message: string | Buffer): this {
    const bytes = Buffer.from(message as string);
    const nul = bytes.indexOf(0);
    const record = Buffer.concat([
      Buffer.from(`${this.stamp} ${'pjsua_core.c'.padStart(22)}  .${head}\n`),
      // pjsip prints a message as text: a NUL byte ends it.
      nul < 0 ? bytes : bytes.subarray(0, nul),
      Buffer.from('\n--end msg--'),
    ]);
    // PJ_LOG_MAX_SIZE
    this.parts.push(record.length < 3998 ? record : record.subarray(0, 3997), Buffer.from('\r\n'));
    return this;
  }
}

/** `Request msg INVITE/cseq=1`, as pjsip names a message. */
function nameOf(message: string | Buffer): string {
  const lines = message.toString('latin1').split('\r\n');
  const cseq = /^CSeq: (\d+) (\S+)/m.exec(lines.find((line) => line.startsWith('CSeq:')) ?? '');
  const status = /^SIP\/2\.0 (\d+)/.exec(lines[0] ?? '')?.[1];
  const what = status === undefined ? `Request msg ${cseq?.[2] ?? ''}` : `Response msg ${status}/${cseq?.[2] ?? ''}`;
  return `${what}/cseq=${cseq?.[1] ?? ''}`;
}
