/**
 * Reads one SIP message as it stands in a log.
 *
 * The parsers on npm are no fit: they are part of SIP stacks and take a whole, well-formed message (`jssip` and `sip.js`
 * refuse one that breaks the grammar, `sip` and `drachtio-sip` read strings and look no further than that). Here the
 * bytes may be cut anywhere and hold anything, and what can be read of them is still wanted.
 */
export interface SipMessage {
  /** Method of a request; of a response the method that it answers. */
  method: string;
  /** Of a response. */
  status?: number;
  reason?: string;
  /** Of a request. */
  requestUri?: string;
  callId?: string;
  cseq?: number;
  /** Of the topmost Via: names the transaction. */
  branch?: string;
  fromTag?: string;
  toTag?: string;
  /** By lower-case long name, in the order of the message; folded lines are joined. */
  headers: ReadonlyMap<string, readonly string[]>;
  body: string;
  /** Nothing is missing at the end. */
  whole: boolean;
}

const COMPACT: Record<string, string> = {
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
};

const STATUS_LINE = /^SIP\/2\.0 +(\d{3})(?: +(.*))?$/i;
const REQUEST_LINE = /^([!-~]+) +(\S+) +SIP\/2\.0 *$/i;
const CSEQ = /^(\d{1,10})\s+([!-~]+)$/;
const TAG = /;\s*tag\s*=\s*([^\s;,>"]+)/i;
const BRANCH = /;\s*branch\s*=\s*([^\s;,]+)/i;

/** @param cut the log does not hold all of the message */
export function parseSipMessage(bytes: Buffer, cut = false): SipMessage | undefined {
  const text = bytes.toString('utf8');
  const blank = /\r?\n\r?\n/.exec(text);
  const lines = (blank ? text.slice(0, blank.index) : text).split(/\r\n|\n|\r/);
  // A header line that was cut off in the middle tells something else than it said.
  if (cut && !blank) lines.pop();
  const start = lines[0] ?? '';
  const status = STATUS_LINE.exec(start);
  const request = status ? null : REQUEST_LINE.exec(start);
  if (!status && !request) return undefined;
  const headers = readHeaders(lines);
  const header = (name: string): string | undefined => headers.get(name)?.[0];
  const cseq = CSEQ.exec(header('cseq') ?? '');
  const callId = header('call-id');
  const branch = BRANCH.exec(header('via') ?? '')?.[1];
  const fromTag = tagOf(header('from'));
  const toTag = tagOf(header('to'));
  return {
    method: (request?.[1] ?? cseq?.[2] ?? '').toUpperCase(),
    ...(status && { status: Number(status[1]), reason: (status[2] ?? '').trim() }),
    ...(request?.[2] !== undefined && { requestUri: request[2] }),
    ...(callId && { callId }),
    ...(cseq && { cseq: Number(cseq[1]) }),
    ...(branch && { branch }),
    ...(fromTag && { fromTag }),
    ...(toTag && { toTag }),
    headers,
    body: blank ? text.slice(blank.index + blank[0].length) : '',
    whole: !cut,
  };
}

function readHeaders(lines: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const line of lines.slice(1)) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      const last = values?.pop();
      if (last !== undefined) values?.push(`${last} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const written = line.slice(0, colon).trim().toLowerCase();
    const name = COMPACT[written] ?? written;
    values = headers.get(name) ?? [];
    values.push(line.slice(colon + 1).trim());
    headers.set(name, values);
  }
  return headers;
}

/** The tag stands behind the address; a display name in quotes or a URI in brackets may hold anything. */
function tagOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bare = value.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/<[^>]*>/, '');
  return TAG.exec(bare)?.[1];
}
