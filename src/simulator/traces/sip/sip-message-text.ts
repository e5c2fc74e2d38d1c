import { headerSafe } from './sip-address-text';
import { OWN_ADDRESS, SERVER_ADDRESS, type SipDialog, type Transaction, REMOTE_TARGET } from './sip-dialog';

export const USER_AGENT = 'MicroSIP/3.22.16';
export const OWN_METHODS = 'PRACK, INVITE, ACK, BYE, CANCEL, UPDATE, INFO, SUBSCRIBE, NOTIFY, REFER, MESSAGE, OPTIONS';
const REMOTE_METHODS = 'INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, INFO, MESSAGE, UPDATE';

export interface MessageContent {
  /** Whole header lines. */
  headers?: readonly string[];
  body?: { type: string; text: string };
}

interface MessageParts extends MessageContent {
  start: string;
  /** PJSIP wrote it: it pads the length. */
  ours: boolean;
}

/** Any SIP message; no line of its head can be broken up by what somebody put into it. */
export function sipMessage({ start, ours, headers = [], body }: MessageParts): string {
  const length = String(Buffer.byteLength(body?.text ?? ''));
  const lines = [
    start,
    ...headers,
    ...(body ? [`Content-Type: ${body.type}`] : []),
    `Content-Length: ${ours ? length.padStart(body ? 5 : 2) : length}`,
  ];
  return `${lines.map(headerSafe).join('\r\n')}\r\n\r\n${body?.text ?? ''}`;
}

/** A request of a call. `to` is the request URI. */
export function requestText(dialog: SipDialog, transaction: Transaction, content: MessageContent, to: string): string {
  const { ours, method, cseq } = transaction;
  const opens = isOpening(dialog, transaction);
  const contact = method === 'INVITE' || method === 'REFER' || !ours;
  return sipMessage({
    start: `${method} ${to} SIP/2.0`,
    ours,
    ...content,
    headers: [
      `Via: SIP/2.0/UDP ${ours ? OWN_ADDRESS : SERVER_ADDRESS};rport;branch=${transaction.branch}`,
      'Max-Forwards: 70',
      ...parties(dialog, ours, { local: ours || !opens, remote: !ours || !opens }),
      ...(contact ? [`Contact: ${ours ? dialog.own.contact : `<${REMOTE_TARGET}>`}`] : []),
      `Call-ID: ${dialog.call.sipCallId}`,
      `CSeq: ${cseq} ${method}`,
      ...(ours && opens ? [`Route: <sip:${SERVER_ADDRESS};lr>`] : []),
      ...(ours && method === 'INVITE'
        ? [
            `Allow: ${OWN_METHODS}`,
            'Supported: replaces, 100rel, timer, norefersub',
            'Session-Expires: 1800',
            'Min-SE: 90',
          ]
        : []),
      ...(content.headers ?? []),
      ...(ours
        ? method === 'ACK'
          ? []
          : [`User-Agent: ${USER_AGENT}`]
        : ['User-Agent: TestPBX/1.0', `Allow: ${REMOTE_METHODS}`]),
    ],
  });
}

/** The response to a request of a call. */
export function responseText(
  dialog: SipDialog,
  { ours, method, cseq, branch }: Transaction,
  { status, reason }: { status: number; reason: string },
  content: MessageContent,
): string {
  const final = status > 100;
  const invited = method === 'INVITE' && final;
  const via = ours ? `${OWN_ADDRESS};rport` : `${SERVER_ADDRESS};rport=5080;received=127.0.0.1`;
  return sipMessage({
    start: `SIP/2.0 ${status} ${reason}`,
    ours: !ours,
    ...content,
    headers: [
      `Via: SIP/2.0/UDP ${via};branch=${branch}`,
      ...parties(dialog, ours, { local: ours || final, remote: !ours || final }),
      `Call-ID: ${dialog.call.sipCallId}`,
      `CSeq: ${cseq} ${method}`,
      ...(ours
        ? [
            ...(final ? [`Contact: <${REMOTE_TARGET}>`] : []),
            'Server: TestPBX/1.0',
            `Allow: ${REMOTE_METHODS}, SUBSCRIBE`,
          ]
        : [
            ...(invited && status < 300 ? [`Contact: ${dialog.own.contact}`] : []),
            ...(invited ? [`Allow: ${OWN_METHODS}`] : []),
          ]),
      ...(content.headers ?? []),
    ],
  });
}

/** Of the INVITE that opens the call, its CANCEL, and the ACK of its refusal. */
function isOpening({ opening }: SipDialog, { method, cseq, ours }: Transaction): boolean {
  if (opening === undefined) return true;
  return (method === 'INVITE' || method === 'CANCEL') && opening.ours === ours && opening.cseq === cseq;
}

function parties(dialog: SipDialog, ours: boolean, tags: { local: boolean; remote: boolean }): string[] {
  const local = `${dialog.own.address}${tags.local ? `;tag=${dialog.localTag}` : ''}`;
  const remote = `${dialog.remote}${tags.remote ? `;tag=${dialog.remoteTag}` : ''}`;
  return ours ? [`From: ${local}`, `To: ${remote}`] : [`From: ${remote}`, `To: ${local}`];
}
