import type { Clock } from '../../../clock';
import type { LogThread } from '../log-file';
import type { MediaDirection } from './session-description';
import type { SipDialog } from './sip-dialog';
import type { SipExchange } from './sip-exchange';

/** What PJSIP says of the audio of calls. */
export class SipMediaLines {
  constructor(
    private readonly exchange: SipExchange,
    private readonly clock: Clock,
  ) {}

  created({ slot }: SipDialog, thread: LogThread): void {
    this.exchange.line(thread, 'pjsua_media.c', 1, `Call ${slot}: initializing media..`);
    this.exchange.line(thread, 'pjsua_media.c', 2, `RTP socket reachable at 127.0.0.1:${4000 + 2 * slot}`);
  }

  updated({ slot }: SipDialog, thread: LogThread, direction: MediaDirection): void {
    this.exchange.line(thread, 'pjsua_media.c', 3, `Call ${slot}: updating media..`);
    this.exchange.line(thread, 'pjsua_media.c', 4, `Audio updated, stream #0: PCMU (${direction})`);
  }

  /** With the summary of the call, whose lines end in a bare line feed. */
  removed({ slot, state, printedRemote, remoteTag, ...times }: SipDialog, thread: LogThread): void {
    const { startTime, firstResponseTime, connectedTime } = times;
    const talked = connectedTime === undefined ? 0 : this.clock.now() - connectedTime;
    const since = (time: number | undefined): number => (time === undefined ? 0 : time - startTime);
    this.exchange.line(thread, 'pjsua_media.c', 1, `Call ${slot}: deinitializing media..`);
    const summary = [
      '',
      `  [${state}] To: ${printedRemote};tag=${remoteTag}`,
      `    Call time: ${span(talked)}, 1st res in ${since(firstResponseTime)} ms, conn in ${since(connectedTime)}ms`,
    ];
    this.exchange.line(thread, 'pjsua_media.c', 2, summary.join('\n'));
  }
}

/** @param ms milliseconds */
function span(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, minutes, rest] = parts.map((part) => String(part).padStart(2, '0'));
  return `${hours ?? ''}h:${minutes ?? ''}m:${rest ?? ''}s`;
}
