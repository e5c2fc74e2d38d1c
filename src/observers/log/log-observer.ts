import { systemClock, type Clock } from '../../clock';
import type { Observation, Presence } from '../../phone/ports/observation';
import { openCalls, type Observer, type ObserverHost, type ObserverMemories } from '../../phone/ports/observer';
import type { Call } from '../../phone/calls/call';
import { withinTime } from '../../within-time';
import type { LoggedRecordings } from '../recordings/logged-recordings';
import { LogCalendar } from './records/log-clock';
import { LogFollower } from './log-follower';
import { LogHealth, type LogHealthOptions } from './log-health';
import type { LogHappening } from './log-happening';
import { LogReader, type Live } from './log-reader';
import { LogToObservations } from './log-to-observations';

export interface LogObserverOptions extends LogHealthOptions {
  /**
   * Also reports whether MicroSIP is there. Only for a phone of which nothing but the log is known: a log cannot tell
   * that MicroSIP was killed, and a restart of its SIP stack looks like its end.
   */
  presence?: boolean;
  /** Is told which calls the log follows, and which recordings are begun. */
  recordings?: LoggedRecordings;
}

const NAME = 'log';
/** A log that has not been written for this long (ms) when it is found may be left from a MicroSIP that was killed. */
const SIGN_OF_LIFE = 120_000;
/** A record is written at once; one that is still incomplete after this time (ms) stays so. */
const SETTLED = 100;
const TICK = 1_000;
/** A long log, or one on a share that does not answer, holds the phone up for so long (ms); it is read on behind that. */
const LONGEST_CATCH_UP = 4_000;

/** What an observer leaves for its successor. */
interface LogMemory {
  /** The log that was written while it was followed. */
  written: string;
}

type Standing = Pick<LogReader, 'calls' | 'registration' | 'voicemail' | 'program' | 'wall'>;

/** Learns of calls and of the registration by following MicroSIP's log. */
export class LogObserver implements Observer {
  private readonly reader = new LogReader();
  private readonly calendar = new LogCalendar();
  private readonly observations = new LogToObservations((time) => this.calendar.toEpoch(time));
  private readonly follower: LogFollower;
  private readonly health: LogHealth;
  private clock: Clock = systemClock;
  private readonly tellsPresence: boolean;
  private readonly recordings: LoggedRecordings | undefined;
  private readonly path: string;
  /** While somebody followed it, be it before a deploy. */
  private wasWritten = false;
  private host: ObserverHost | undefined;
  /** The log may be dead: what it tells is reported as soon as it goes on. */
  private dormant = true;
  private lastPresence: Presence | undefined;
  private lastBytes = 0;
  private lastTick = 0;
  /** Ends in the old part of the log, of calls that the phone takes for open, and what was said of their media. */
  private missedEnds: (LogHappening & { type: 'ended' | 'media' })[] = [];

  constructor({ presence = false, recordings, ...log }: LogObserverOptions) {
    const { path } = log;
    this.path = path;
    this.health = new LogHealth(log);
    this.tellsPresence = presence;
    this.recordings = recordings;
    this.follower = new LogFollower(path, {
      restarted: () => {
        this.restarted();
      },
      bytes: (bytes, old) => {
        this.bytes(bytes, old);
      },
      caughtUp: (modified) => {
        this.caughtUp(modified);
      },
      quiet: () => {
        this.quiet();
      },
    });
  }

  async start(host: ObserverHost): Promise<void> {
    this.host = host;
    this.clock = host.clock;
    const left = host.remembered(NAME) as LogMemory | undefined;
    this.wasWritten = left?.written === this.path;
    const caughtUp = this.follower.start(host.clock).then(() => {
      // A phone that has calls from before knows better than a log that is not there.
      if (this.dormant && this.openCalls.length === 0) this.tellPresence('absent');
    });
    await withinTime(caughtUp, LONGEST_CATCH_UP, { clock: host.clock });
  }

  async refresh(): Promise<void> {
    await this.follower.lookAnew();
  }

  async stop(): Promise<void> {
    this.host = undefined;
    await this.follower.stop();
  }

  memory(): ObserverMemories {
    const left: LogMemory | undefined = this.wasWritten ? { written: this.path } : undefined;
    return { [NAME]: left };
  }

  private bytes(bytes: Buffer, old: boolean): void {
    this.lastBytes = this.clock.monotonic();
    this.lookAtFile();
    if (old) {
      this.noteMissed(this.reader.push(bytes));
      return;
    }
    const { calls, registration, voicemail, program, wall: before } = this.reader;
    const happenings = this.reader.push(bytes, this.live());
    const { wall } = this.reader;
    if (wall === undefined) return;
    this.calendar.anchor(wall, this.clock.now(), this.clock.ahead());
    if (this.dormant) this.wake({ calls, registration, voicemail, program, wall: before });
    this.tell(happenings);
  }

  private caughtUp(modified: number): void {
    this.noteMissed(this.reader.settle());
    const { wall } = this.reader;
    if (wall === undefined) return;
    const now = this.clock.now();
    const ahead = this.clock.ahead();
    // On NTFS the time of the last change lags behind while the file is open; the last stamp tells then.
    this.calendar.anchor(wall, now, ahead);
    const stamped = this.calendar.isLocal && now - this.calendar.toEpoch(wall) < SIGN_OF_LIFE;
    if (!stamped) {
      this.calendar.reset();
      // The clock of a share may be ahead, or this one was set back.
      const written = Math.min(modified - ahead, now);
      if (now - written < SIGN_OF_LIFE) this.calendar.anchor(wall, written, ahead);
      else if (this.hasKnownCall || this.missedEnds.length > 0) this.calendar.assume(wall, now, ahead);
      else return;
    }
    this.wake(this.reader);
  }

  /** A silent log is not left from a MicroSIP that was killed when it has one of these. */
  private get openCalls(): readonly Call[] {
    return this.host ? openCalls(this.host) : [];
  }

  private report(seen: Observation): void {
    this.host?.report(seen);
  }

  private live(): Live {
    return { at: this.clock.monotonic(), reading: this.calendar.reading(this.clock.now(), this.clock.ahead()) };
  }

  /** A call that goes on in the log goes on for the phone, too. */
  private get hasKnownCall(): boolean {
    const known = new Set(this.openCalls.map(({ sipCallId }) => sipCallId));
    return this.reader.calls.some(({ sipCallId }) => sipCallId !== undefined && known.has(sipCallId));
  }

  /** Reports how things stand, as somebody sees them who looks now. */
  private wake({ calls, registration, voicemail, program, wall }: Standing): void {
    this.dormant = false;
    this.wasWritten = true;
    if (wall === undefined) return;
    if (program !== undefined) this.tellProgram(program);
    if (registration) {
      this.report({ type: 'registration', time: this.calendar.toEpoch(wall), source: 'log', registration });
    }
    if (voicemail) this.report({ type: 'voicemail', time: this.calendar.toEpoch(wall), source: 'log', voicemail });
    for (const observation of this.observations.current(calls)) this.report(observation);
    for (const end of this.missedEnds.splice(0)) {
      if (end.type === 'ended') for (const seen of this.observations.current([end.call])) this.report(seen);
      this.tell([end]);
    }
  }

  /** What the phone was told before a deploy may have ended during it. */
  private noteMissed(happenings: readonly LogHappening[]): void {
    const known = new Set(this.openCalls.map(({ sipCallId }) => sipCallId));
    this.noteRecordings(happenings);
    for (const happening of happenings)
      if ((happening.type === 'ended' || happening.type === 'media') && known.has(happening.call.sipCallId))
        this.missedEnds.push(happening);
  }

  private noteRecordings(happenings: readonly LogHappening[]): void {
    for (const happening of happenings) {
      if (happening.type === 'call') this.recordings?.follow(happening.call);
      else if (happening.type === 'recording') this.recordings?.note(happening.news);
    }
  }

  private restarted(): void {
    this.missedEnds = [];
    this.tell(this.reader.settle());
    this.tell(this.reader.restart());
    this.calendar.reset();
  }

  private lookAtFile(): void {
    if (this.host) void this.health.look(this.host, this.wasWritten);
  }

  private quiet(): void {
    this.lookAtFile();
    const now = this.clock.monotonic();
    if (this.reader.pending && now - this.lastBytes >= SETTLED) this.tell(this.reader.settle());
    const { wall } = this.reader;
    if (this.dormant || wall === undefined || now - this.lastTick < TICK) return;
    this.lastTick = now;
    this.tell(this.reader.tick(wall + now - this.lastBytes, this.live()));
  }

  private tell(happenings: readonly LogHappening[]): void {
    for (const happening of happenings) {
      if (happening.type === 'program') this.tellProgram(happening.state);
      for (const observation of this.observations.take(happening)) this.report(observation);
      this.noteRecordings([happening]);
    }
  }

  private tellProgram(state: 'started' | 'running' | 'ended'): void {
    this.tellPresence(state === 'running' ? 'ready' : state === 'started' ? 'starting' : 'absent');
  }

  private tellPresence(presence: Presence): void {
    if (!this.tellsPresence || presence === this.lastPresence) return;
    this.lastPresence = presence;
    const problem = presence === 'absent' ? { problem: 'not_running' as const } : {};
    this.report({ type: 'presence', time: this.clock.now(), source: 'log', presence, ...problem });
  }
}
