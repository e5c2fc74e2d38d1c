import { share, type CountedAudio, type CountedStream } from '../../calls/audio-streams';
import type { MediaDirection } from './session-description';

const HEADER = '                (msec)    min     avg     max     last    dev';
/** Of IP, UDP and RTP, bytes. */
const IP_HEADER = 40;
/** Of PCMU in 20 ms. */
const PAYLOAD = 160;

/** The lines in which PJSIP tells of the audio of a call (docs/microsip/further.md#D.1). */
export function audioDump(audio: CountedAudio, direction: MediaDirection): string[] {
  const { codec, clockRate, duration, received, sent, rttMs } = audio;
  const reported = rttMs === undefined ? 'never' : ago(Math.min(duration, 1002));
  return [
    `    #0 audio ${codec} @${clockRate / 1000}kHz, ${direction}, peer=127.0.0.1:6000`,
    '       SRTP status: Not active Crypto-suite: ',
    `       RX pt=0, last update:${ago(Math.min(duration, 764))}`,
    total(received.packets, duration),
    `          ${[
      part('pkt loss', received.lost, received.packets + received.lost),
      part('discrd', received.discarded, received.packets + received.lost),
      part('dup', 0, 0),
      part('reord', 0, 0),
    ].join(', ')}`,
    HEADER,
    ...periods(received),
    `       TX pt=0, ptime=20, last update:${reported}`,
    total(sent.packets, duration),
    `          ${[part('pkt loss', sent.lost, sent.packets), part('dup', 0, 0), part('reorder', 0, 0)].join(', ')}`,
    `${HEADER} `,
    ...periods(sent),
    `       RTT msec      :${statistics(rttMs ?? 0)}`,
  ];
}

function periods({ lost, jitterMs }: CountedStream): string[] {
  return [`          loss period:${statistics(lost > 0 ? 20 : 0)}`, `          jitter     :${statistics(jitterMs)}`];
}

/** Of a value that is always the same. */
function statistics(value: number): string {
  return [value, value, value, value, 0].map((one) => ` ${one.toFixed(3).padStart(7)}`).join('');
}

function part(name: string, count: number, of: number): string {
  return `${name}=${count} (${share(count, of).toFixed(1)}%)`;
}

function total(packets: number, duration: number): string {
  const bytes = packets * PAYLOAD;
  const all = bytes + packets * IP_HEADER;
  const rate = (size: number): string => amount(duration > 0 ? Math.floor((size * 8000) / duration) : 0);
  return `          total ${amount(packets)}pkt ${amount(bytes)}B (${amount(all)}B +IP hdr) @avg=${rate(bytes)}bps/${rate(all)}bps`;
}

/** PJSIP cuts what it does not show. */
function amount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 1_000_000) return `${(Math.floor(count / 100) / 10).toFixed(1)}K`;
  return `${(Math.floor(count / 10_000) / 100).toFixed(2)}M`;
}

/** @param ms milliseconds, less than a minute */
function ago(ms: number): string {
  const rest = Math.floor(ms);
  const seconds = String(Math.floor(rest / 1000)).padStart(2, '0');
  return `00h:00m:${seconds}.${String(rest % 1000).padStart(3, '0')}s ago`;
}
