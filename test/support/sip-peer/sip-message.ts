/** The short names that a header may have, and the long ones. */
const SHORT: Readonly<Record<string, string>> = {
  c: 'content-type',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  v: 'via',
};

export type Headers = readonly (readonly [name: string, value: string])[];

/** A SIP message as it is on the wire. */
export class SipMessage {
  constructor(
    readonly firstLine: string,
    readonly headers: Headers,
    readonly body = '',
  ) {}

  /** undefined for what is no SIP message, such as the empty packets that keep a way through a router open. */
  static read(packet: string): SipMessage | undefined {
    const end = packet.indexOf('\r\n\r\n');
    const head = end < 0 ? packet : packet.slice(0, end);
    const [firstLine = '', ...lines] = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
    if (!/^SIP\/2\.0 \d{3} ?|^[A-Z]+ \S+ SIP\/2\.0$/.test(firstLine)) return undefined;
    const headers = lines.flatMap((line): Headers => {
      const [, name, value] = /^([^:\s]+)\s*:\s*(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value.trim()]];
    });
    return new SipMessage(firstLine, headers, end < 0 ? '' : packet.slice(end + 4));
  }

  /** undefined: a request */
  get status(): number | undefined {
    const status = /^SIP\/2\.0 (\d{3})/.exec(this.firstLine)?.[1];
    return status === undefined ? undefined : Number(status);
  }

  /** Of a request: its own; of a response: that of the request. */
  get method(): string {
    return (this.status === undefined ? this.firstLine : this.header('CSeq').replace(/^\d+ +/, '')).split(' ')[0] ?? '';
  }

  get requestUri(): string {
    return this.status === undefined ? (this.firstLine.split(' ')[1] ?? '') : '';
  }

  get callId(): string {
    return this.header('Call-ID');
  }

  get sequence(): number {
    return Number.parseInt(this.header('CSeq'), 10);
  }

  /** What the transaction is called by who has begun it. */
  get branch(): string {
    return /;\s*branch=([^;,\s]+)/i.exec(this.header('Via'))?.[1] ?? '';
  }

  /** The first of this name, or an empty text. */
  header(name: string): string {
    return this.all(name)[0] ?? '';
  }

  all(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.headers.flatMap(([one, value]) => {
      const lower = one.toLowerCase();
      return (SHORT[lower] ?? lower) === wanted ? [value] : [];
    });
  }

  toString(): string {
    const lines = this.headers.map(([name, value]) => `${name}: ${value}`);
    return [this.firstLine, ...lines, `Content-Length: ${Buffer.byteLength(this.body)}`, '', this.body].join('\r\n');
  }
}

/** The address in a header such as `"Ada" <sip:1005@127.0.0.1>;tag=1`. */
export function uriIn(header: string): string {
  return /<([^>]*)>/.exec(header)?.[1] ?? header.replace(/;.*$/, '').trim();
}

export function tagIn(header: string): string {
  return /;\s*tag=([^;>\s]+)/i.exec(header.replace(/<[^>]*>/, ''))?.[1] ?? '';
}

export function userIn(uri: string): string {
  return /^sips?:([^@]*)@/i.exec(uri)?.[1] ?? '';
}

/** Where a message for this address goes. */
export function placeOf(uri: string): { host: string; port: number } {
  const [, host = '127.0.0.1', port = '5060'] = /^sips?:(?:[^@]*@)?([^:;>?]+)(?::(\d+))?/i.exec(uri) ?? [];
  return { host, port: Number(port) };
}
