import type { SipMessage } from './sip-message';

export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

const DIRECTION = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m;
/** RFC 2543 hold: media is to be sent to nowhere. */
const NOWHERE = /^c=IN IP4 0\.0\.0\.0\s*$/m;

/** Which way the audio goes as the sender of the message wants it; undefined when the message does not tell. */
export function sdpDirection(message: SipMessage): MediaDirection | undefined {
  const sdp = sdpOf(message);
  if (sdp === undefined) return undefined;
  const [session = '', ...media] = sdp.split(/^(?=m=)/m);
  const used = media.filter((section) => !/^m=\S+ 0[ /]/.test(section));
  const audio = used.find((section) => section.startsWith('m=audio')) ?? used[0];
  if (audio === undefined) return undefined;
  const isLast = audio === media.at(-1);
  const own = DIRECTION.exec(audio)?.[1] as MediaDirection | undefined;
  if (own === undefined && isLast && !message.whole) return undefined;
  if (NOWHERE.test(audio) || (NOWHERE.test(session) && !/^c=/m.test(audio))) return 'inactive';
  return own ?? (DIRECTION.exec(session)?.[1] as MediaDirection | undefined) ?? 'sendrecv';
}

/** What an answerer that holds nothing makes of an offer, and the other way round. */
export function mirrored(direction: MediaDirection): MediaDirection {
  if (direction === 'sendonly') return 'recvonly';
  return direction === 'recvonly' ? 'sendonly' : direction;
}

function sdpOf({ headers, body }: SipMessage): string | undefined {
  const type = headers.get('content-type')?.[0] ?? '';
  if (/^application\/sdp\b/i.test(type)) return body;
  if (!/^multipart\//i.test(type)) return undefined;
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) return undefined;
  const parts = body.split(`--${boundary}`).map((part) => /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(part));
  return parts.find((part) => /^content-type\s*:\s*application\/sdp\b/im.test(part?.[1] ?? ''))?.[2];
}
