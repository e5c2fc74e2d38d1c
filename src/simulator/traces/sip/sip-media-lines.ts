import type { Clock } from '../../../clock';
import type { AudioStreams } from '../../calls/audio-streams';
import type { LogThread } from '../log-file';
import { audioDump } from './media-dump-text';
import { ownDirection, type MediaDirection } from './session-description';
import type { SipDialog } from './sip-dialog';
import type { SipExchange } from './sip-exchange';

/** Bytes; PJSIP does not show a longer one. */
const LONGEST_HEADER = 256;

/** What PJSIP says of the audio of calls. */
export class SipMediaLines {
  constructor(
    private readonly exchange: SipExchange,
    private readonly clock: Clock,
    private readonly streams: AudioStreams,
  ) {}

  created({ slot }: SipDialog, thread: LogThread): void {
    this.exchange.line(thread, 'pjsua_media.c', 1, `Call ${slot}: initializing media..`);
    this.exchange.line(thread, 'pjsua_media.c', 2, `RTP socket reachable at 127.0.0.1:${4000 + 2 * slot}`);
  }

  updated({ slot }: SipDialog, thread: LogThread, direction: MediaDirection): void {
    this.exchange.line(thread, 'pjsua_media.c', 3, `Call ${slot}: updating media..`);
    this.exchange.line(thread, 'pjsua_media.c', 4, `Audio updated, stream #0: PCMU (${direction})`);
  }

  /** With the summary of the call: two lines, and more when it had audio. */
  removed({ call, slot, state, printedRemote, remoteTag, ...times }: SipDialog, thread: LogThread): void {
    const { startTime, firstResponseTime, connectedTime } = times;
    const talked = connectedTime === undefined ? 0 : this.clock.now() - connectedTime;
    const since = (time: number | undefined): number => (time === undefined ? 0 : time - startTime);
    this.exchange.line(thread, 'pjsua_media.c', 1, `Call ${slot}: deinitializing media..`);
    const audio = this.streams.counted(call);
    const summary = [
      `  [${state}] ${shownHeader(`${printedRemote};tag=${remoteTag}`)}\r`,
      `    Call time: ${span(talked)}, 1st res in ${since(firstResponseTime)} ms, conn in ${since(connectedTime)}ms`,
      ...(audio ? audioDump(audio, ownDirection(call)) : []),
      '',
    ];
    this.exchange.summary(thread, 2, summary.join('\n'));
    const next = audio
      ? `Media stream call${String(slot).padStart(2, '0')}:0 is destroyed`
      : `Call ${slot}: cleaning up provisional media, prov_med_cnt=1, med_cnt=0`;
    this.exchange.line(thread, 'pjsua_media.c', 3, next);
  }
}

function shownHeader(value: string): string {
  return Buffer.byteLength(value) < LONGEST_HEADER ? `To: ${value}` : '<--uri too long-->';
}

/** @param ms milliseconds */
function span(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, minutes, rest] = parts.map((part) => String(part).padStart(2, '0'));
  return `${hours ?? ''}h:${minutes ?? ''}m:${rest ?? ''}s`;
}
