import type { Registration } from '../../phone/calls/call';
import type { Voicemail } from '../../phone/voicemail';
import { InviteSessions } from './sip/invite-sessions';
import { MediaWatch } from './media/media-watch';
import { LogClock, type Reading } from './records/log-clock';
import type { LogCall, LogHappening, ProgramState } from './log-happening';
import { RecordSplitter, type DumpedMessage, type LogRecord } from './records/record-splitter';
import { MessageWaiting } from './sip/message-waiting';
import { RecorderLines } from './sip/recorder-lines';
import { RegistrationWatch } from './sip/registration';
import { SipCalls } from './sip/sip-calls';
import { parseSipMessage, type SipMessage } from './sip/sip-message';

const INCOMING = 'Processing incoming message: ';
/** Messages that were announced and whose dump has not come yet; pjsip has a handful of threads. */
const MOST_ANNOUNCED = 16;
const HEADER = /^(?:TX|RX) \d+ bytes ((?:Request|Response) msg (?:\d{3}\/)?([^\s/]+)(?:\/cseq=(\d+))? \((\w+)\))/;
const FOLLOWED = new Set([
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'UPDATE',
  'INFO',
  'REFER',
  'NOTIFY',
  'MESSAGE',
  'REGISTER',
]);

/** The moment at which lines are read that have just been written. */
export interface Live {
  /** Milliseconds by a clock that is never set. */
  at: number;
  /** Absent while nobody knows what the times of the log mean. */
  reading?: Reading | undefined;
}

/** Reads a pjsua log, in whatever pieces its bytes come, and tells what happened. Pure: no file, no clock. */
export class LogReader {
  private readonly splitter = new RecordSplitter((record) => {
    this.record(record);
  });
  private readonly clock = new LogClock();
  /** Of what is being read; absent for what was there before. */
  private live: Live | undefined;
  /** The time by which terms go, less the clock at which live lines are read. */
  private evenlyLessAt: number | undefined;
  private happenings: LogHappening[] = [];
  private readonly report = (happening: LogHappening): void => {
    this.happenings.push(happening);
  };
  private readonly sipCalls = new SipCalls(this.report);
  private readonly sessions = new InviteSessions(this.sipCalls);
  private readonly mediaWatch = new MediaWatch(this.sipCalls, (call, quality, time) => {
    this.report({ type: 'media', time, call: call.view(), ...(quality && { quality }) });
  });
  private readonly registrationWatch = new RegistrationWatch((registration, time) => {
    this.report({ type: 'registration', time, registration });
  });
  private readonly mailbox = new MessageWaiting((voicemail, time) => {
    this.report({ type: 'voicemail', time, voicemail });
  });
  private readonly recorders = new RecorderLines();
  private readonly announced = new Set<string>();
  /** This log announces what it receives; a received message without it was not written by pjsip. */
  private announces = false;
  private programState: ProgramState | undefined;

  /** @param live absent for what was there before, of which only the stamps tell when it was written */
  push(bytes: Buffer, live?: Live): LogHappening[] {
    this.live = live;
    this.splitter.push(bytes);
    return this.taken();
  }

  /** Nothing was written for a while: what is there is all there is. */
  settle(): LogHappening[] {
    this.splitter.settle();
    return this.taken();
  }

  /** Whether an incomplete record waits for its rest. */
  get pending(): boolean {
    return this.splitter.isWaiting;
  }

  /**
   * @param wall what a clock of the writing PC would show now, in milliseconds of this log's clock
   * @param live as that of lines that are read now
   */
  tick(wall: number, live: Live): LogHappening[] {
    this.live = live;
    this.sipCalls.tick(wall);
    this.registrationWatch.tick(wall, this.evenly(wall));
    this.mailbox.tick(wall);
    return this.taken();
  }

  /** The log is written anew: all that the old one told is over. */
  restart(): LogHappening[] {
    this.sipCalls.endAll(this.clock.wall ?? 0);
    this.mailbox.end(this.clock.wall ?? 0);
    this.forget();
    this.splitter.clear();
    this.clock.reset();
    this.live = undefined;
    this.evenlyLessAt = undefined;
    return this.taken();
  }

  get calls(): LogCall[] {
    return this.sipCalls.open;
  }

  get registration(): Registration | undefined {
    return this.registrationWatch.current;
  }

  /** What the server said last of the mailbox. */
  get voicemail(): Voicemail | undefined {
    return this.mailbox.current;
  }

  get program(): ProgramState | undefined {
    return this.programState;
  }

  /** Time of the last record, in milliseconds of this log's clock. */
  get wall(): number | undefined {
    return this.clock.wall;
  }

  private taken(): LogHappening[] {
    const happenings = this.happenings;
    if (happenings.length > 0) this.happenings = [];
    return happenings;
  }

  private record(record: LogRecord): void {
    const { stamp, sender, text, message, afterGap = false } = record;
    const time = this.clock.read(stamp, this.live?.reading);
    const evenly = this.evenly(time);
    this.sipCalls.tick(time);
    this.registrationWatch.tick(time, evenly);
    this.mailbox.tick(time);
    this.mediaWatch.record(record, time);
    if (message) {
      this.dumped(text, message, time, afterGap);
      return;
    }
    switch (sender) {
      case 'pjsua_core.c':
        this.programLine(text, time);
        break;
      case 'pjsua_acc.c':
        this.registrationWatch.line(text, time, evenly);
        this.mailbox.accountLine(text, time);
        break;
      case 'pjsua_pres.c':
        this.mailbox.line(text, time);
        break;
      case 'pjsua_aud.c':
        this.audioLine(text, time, stamp);
        break;
      case 'sip_endpoint.c':
        this.endpointLine(text, time);
        break;
      default:
        this.sessions.line(sender, text, time);
    }
  }

  private dumped(header: string, { sent, bytes, cut }: DumpedMessage, time: number, afterGap: boolean): void {
    const known = HEADER.exec(header);
    if (!known?.[1]) return;
    if (!sent && !this.announced.delete(known[1]) && this.announces && !afterGap) return;
    // Its beginning may be lost: MicroSIP that speaks runs.
    if (this.programState !== 'running' && this.programState !== 'ended') this.become('running', time);
    if (!FOLLOWED.has(known[2] ?? '')) return;
    const read = parseSipMessage(bytes, cut);
    if (!read) return;
    const message = completed(read, known[2] ?? '', known[3]);
    if (sent) this.sessions.transmitted(message, known[4] ?? '');
    if (message.method === 'REGISTER') this.registrationWatch.message(message, sent, time);
    else this.sipCalls.message(message, sent, time);
    this.mailbox.message(message, sent, time);
    this.mediaWatch.message(message, sent, known[1]);
  }

  /** The clock of the writing PC may be set at any time, so it is asked for no term if another one can be. */
  private evenly(time: number): number {
    if (!this.live) return time;
    this.evenlyLessAt ??= (this.live.reading?.now ?? time) - this.live.at;
    return this.live.at + this.evenlyLessAt;
  }

  private endpointLine(text: string, time: number): void {
    if (text.startsWith(INCOMING)) {
      this.announces = true;
      this.announced.add(text.slice(INCOMING.length));
      for (const oldest of this.announced) {
        if (this.announced.size <= MOST_ANNOUNCED) break;
        this.announced.delete(oldest);
      }
    } else if (text === 'Module "mod-pjsua-log" registered') this.started(time);
  }

  private audioLine(text: string, time: number, stamp: number): void {
    const news = this.recorders.line(text, stamp, this.sipCalls.talking);
    if (news) this.report({ type: 'recording', time, news });
  }

  private started(time: number): void {
    this.sipCalls.endAll(time);
    this.mailbox.end(time);
    this.forget();
    this.become('started', time);
  }

  private programLine(text: string, time: number): void {
    if (text.startsWith('PJSUA state changed:') && text.endsWith('--> RUNNING')) this.become('running', time);
    else if (text.startsWith('PJSUA destroyed')) {
      this.sipCalls.endAll(time);
      this.registrationWatch.end(time);
      this.mailbox.end(time);
      this.become('ended', time);
    }
  }

  private become(state: ProgramState, time: number): void {
    this.programState = state;
    this.report({ type: 'program', time, state });
  }

  private forget(): void {
    this.sipCalls.forget();
    this.sessions.forget();
    this.mediaWatch.forget();
    this.registrationWatch.forget();
    this.mailbox.forget();
    this.recorders.forget();
    this.announced.clear();
    this.announces = false;
    this.programState = undefined;
  }
}

/** The record's first line tells the CSeq, too: of use when the message was cut off before its own. */
function completed(message: SipMessage, method: string, cseq: string | undefined): SipMessage {
  if (message.cseq !== undefined || cseq === undefined) return message;
  return { ...message, method: message.method || method, cseq: Number(cseq) };
}
