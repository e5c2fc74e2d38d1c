export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What a session description says of its audio. */
export interface Audio {
  host: string;
  port: number;
  direction: Direction;
  /** The payload type of tones (RFC 4733), when it takes them. */
  tones?: number;
}

const TONES = 101;
const DIRECTION = /^a=(sendrecv|sendonly|recvonly|inactive)$/m;

export function readSdp(text: string): Audio | undefined {
  const sdp = text.replace(/\r\n/g, '\n');
  const audio = /^m=audio (\d+) [^]*?(?=^m=|$(?![^]))/m.exec(sdp);
  if (!audio) return undefined;
  const [media, port = '0'] = audio;
  const host = (/^c=IN IP4 (\S+)/m.exec(media) ?? /^c=IN IP4 (\S+)/m.exec(sdp))?.[1] ?? '127.0.0.1';
  const said = (DIRECTION.exec(media) ?? DIRECTION.exec(sdp))?.[1] as Direction | undefined;
  const tones = /^a=rtpmap:(\d+) telephone-event\//m.exec(media)?.[1];
  return {
    host,
    port: Number(port),
    // The old way to hold a call.
    direction: host === '0.0.0.0' ? 'sendonly' : (said ?? 'sendrecv'),
    ...(tones !== undefined && { tones: Number(tones) }),
  };
}

/** @param version grows with each description of the same session */
export function writeSdp({ host, port, direction, tones = TONES }: Audio, version: number): string {
  return [
    'v=0',
    `o=- 1 ${version} IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 0 ${tones}`,
    'a=rtpmap:0 PCMU/8000',
    `a=rtpmap:${tones} telephone-event/8000`,
    `a=fmtp:${tones} 0-16`,
    `a=${direction}`,
    '',
  ].join('\r\n');
}

/** Who says this of the audio does not want to hear the other. */
export function isHold(direction: Direction): boolean {
  return direction === 'sendonly' || direction === 'inactive';
}

/** What one says who holds the call, or is held, or both. */
export function directionOf(holding: boolean, held: boolean): Direction {
  if (holding) return held ? 'inactive' : 'sendonly';
  return held ? 'recvonly' : 'sendrecv';
}
