import type { Call } from '../../phone/calls/call';
import { isCallEvent } from '../../phone/phone-event';
import { openCalls, type Observer, type ObserverHost, type PhoneAct } from '../../phone/ports/observer';
import type { RecorderNews } from '../log/log-happening';
import type { LoggedRecordings } from './logged-recordings';
import type { RecordingFiles } from './recording-files';

/** The phone's own name for a call, which it knows from being told of it. */
const SOURCE = 'watchdog';
/** What stands where the log has letters that are no UTF-8: the path is not known by it. */
const UNREADABLE = '\uFFFD';
/** A log may lose the line that says that a file is closed. */
const MOST_WRITTEN = 50;

/**
 * Finds the recording of a call: in the log when that names one, else in MicroSIP's folder when the call is over: a build
 * that records by its own means may write no line of it.
 * Looks nowhere while nothing is recorded.
 */
export class RecordingObserver implements Observer {
  private host: ObserverHost | undefined;
  /** Calls that are going to be looked for, so that call logs wait. */
  private readonly expected = new Set<string>();
  private readonly told = new Map<string, string>();
  /** By Call-ID the calls whose file is known and still written. */
  private readonly written = new Map<string, string>();
  private mayRecord = false;

  constructor(
    private readonly files: RecordingFiles,
    private readonly logged: LoggedRecordings,
  ) {}

  start(host: ObserverHost): Promise<void> {
    this.host = host;
    this.logged.listen((news) => {
      this.logTells(news, host);
    });
    void this.learn().then(() => {
      for (const call of openCalls(host)) if (call.answerTime !== undefined) this.expect(call);
    });
    return Promise.resolve();
  }

  refresh(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.host = undefined;
    this.expected.clear();
    this.told.clear();
    this.written.clear();
    return Promise.resolve();
  }

  note(act: PhoneAct): void {
    if (act.type !== 'told' || !isCallEvent(act.event)) return;
    const { event, call } = act.event;
    if (event === 'answered') {
      // What is reported now would come before what is being told.
      queueMicrotask(() => {
        this.expect(call);
      });
      void this.learn();
    } else if (event === 'ended' && call.answerTime !== undefined) void this.over(call);
  }

  /** Settings are changed seldom; those of a moment ago tell whether a call may be recorded. */
  private async learn(): Promise<void> {
    const settings = await this.files.settings();
    if (settings) this.mayRecord = settings.mayRecord;
  }

  private expect(call: Call): void {
    if (this.expected.has(call.callId) || this.told.has(call.callId)) return;
    const path = this.logged.pathOf(call.sipCallId);
    if (path !== undefined) this.begun(call, path);
    else if (this.mayRecord) this.await(call.callId);
  }

  private logTells(news: RecorderNews, host: ObserverHost): void {
    const { sipCallId } = news;
    const written = this.written.get(sipCallId);
    this.written.delete(sipCallId);
    if (news.what === 'closed' && written !== undefined) this.tell(written, {});
    if (news.what !== 'begun') return;
    const call = host.knownCalls().find((one) => one.sipCallId === sipCallId);
    if (call) this.begun(call, news.path);
  }

  /** The log tells of a recording as soon as it is begun. */
  private begun(call: Call, path: string): void {
    const { callId, sipCallId } = call;
    this.told.delete(callId);
    this.await(callId);
    void this.confirmed(path).then((recording) => {
      // Another one may have been begun meanwhile.
      if (recording !== undefined && this.logged.pathOf(sipCallId) === path) this.found(call, recording);
    });
  }

  private await(callId: string): void {
    this.expected.add(callId);
    this.tell(callId, { more: true });
  }

  private async over(call: Call): Promise<void> {
    const { callId, sipCallId } = call;
    const found = this.told.get(callId);
    const path = this.logged.pathOf(sipCallId);
    if (found === undefined && path !== undefined && !path.includes(UNREADABLE)) {
      const recording = await this.confirmed(path);
      if (recording !== undefined) this.found(call, recording);
    } else if (found === undefined) await this.search(call);
    this.told.delete(callId);
    if (this.expected.delete(callId)) this.tell(callId, {});
  }

  private async search(call: Call): Promise<void> {
    const { host } = this;
    if (!host) return;
    const { number, uri, direction, answerTime, startTime, endTime } = call;
    const ahead = host.clock.ahead();
    const now = host.clock.now();
    const [from, to] = [(answerTime ?? startTime) + ahead, (endTime ?? now) + ahead];
    const others = host.knownCalls().flatMap(({ callId, answerTime, ...other }) => {
      return callId === call.callId || answerTime === undefined ? [] : [{ ...other, from: answerTime + ahead }];
    });
    const recording = await this.files.find({ number, uri, direction, from, to }, { clock: host.clock, others });
    if (recording !== undefined) this.found(call, recording);
  }

  private async confirmed(path: string): Promise<string | undefined> {
    return path.includes(UNREADABLE) ? undefined : this.files.confirmed(path);
  }

  /** Call logs wait until the file is closed, so that whoever is told of it may take it away. */
  private found({ callId, sipCallId }: Call, recording: string): void {
    this.told.set(callId, recording);
    this.expected.delete(callId);
    const isWritten = sipCallId !== undefined && this.logged.isOpen(sipCallId);
    if (isWritten) this.noteWritten(sipCallId, callId);
    this.tell(callId, { recording, ...(isWritten && { more: true }) });
  }

  private noteWritten(sipCallId: string, callId: string): void {
    this.written.set(sipCallId, callId);
    const [oldest] = this.written.keys();
    if (this.written.size > MOST_WRITTEN && oldest !== undefined) this.written.delete(oldest);
  }

  private tell(key: string, media: { recording?: string; more?: boolean }): void {
    const { host } = this;
    host?.report({ type: 'call_media', time: host.clock.now(), source: SOURCE, key, ...media });
  }
}
