import type { SimulatedCall } from '../../calls/simulated-call';
import type { MessageContent } from './sip-message-text';
import type { SipDialog } from './sip-dialog';

/** Which way the audio goes, as the side that says it sees it. */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** What we say of a call's audio; the far end says the mirror of it. */
export function ownDirection({ localHold, remoteHold }: SimulatedCall): MediaDirection {
  if (localHold) return remoteHold ? 'inactive' : 'sendonly';
  return remoteHold ? 'recvonly' : 'sendrecv';
}

export function mirrored(direction: MediaDirection): MediaDirection {
  if (direction === 'sendonly') return 'recvonly';
  return direction === 'recvonly' ? 'sendonly' : direction;
}

/** @param offer an offer lists more codecs than an answer */
export function ownSession(dialog: SipDialog, direction: MediaDirection, offer: boolean): MessageContent {
  const port = 4000 + 2 * dialog.slot;
  const version = dialog.sessionId + dialog.sdpVersion;
  dialog.sdpVersion += 1;
  return session([
    'v=0',
    `o=- ${dialog.sessionId} ${version} IN IP4 127.0.0.1`,
    's=pjmedia',
    'b=AS:84',
    't=0 0',
    'a=X-nat:0',
    `m=audio ${port} RTP/AVP ${offer ? '8 0 101' : '0 101'}`,
    'c=IN IP4 127.0.0.1',
    'b=TIAS:64000',
    `a=rtcp:${port + 1} IN IP4 127.0.0.1`,
    `a=${direction}`,
    ...(offer ? ['a=rtpmap:8 PCMA/8000'] : []),
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-16',
    // MicroSIP without a camera refuses the video that it was offered.
    ...(!offer && dialog.call.video ? ['m=video 0 RTP/AVP 97'] : []),
  ]);
}

export function remoteSession(dialog: SipDialog, direction: MediaDirection): MessageContent {
  dialog.remoteSdpVersion += 1;
  const version = dialog.remoteSdpVersion;
  return session([
    'v=0',
    `o=pbx ${version} ${version} IN IP4 127.0.0.1`,
    's=call',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    'm=audio 6000 RTP/AVP 0 101',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-16',
    `a=${direction}`,
    ...(dialog.call.video ? ['m=video 6002 RTP/AVP 97', 'a=rtpmap:97 H264/90000', 'a=sendrecv'] : []),
  ]);
}

function session(lines: readonly string[]): MessageContent {
  return { body: { type: 'application/sdp', text: `${lines.join('\r\n')}\r\n` } };
}
