import type { WatchedParts } from '../parts';
import { CallHooks } from './call-hooks';
import type { TraceOptions } from '../simulated-options';
import { HistoryRecorder } from './history-recorder';
import { SipLog } from './sip/sip-log';
import { WindowEvents } from './window-events';

/** @throws PhoneError when a trace cannot be left: a file that is not ours or cannot be written, no SQLite in this Node.js */
export function leaveTraces(parts: WatchedParts, { log, history, hooks }: TraceOptions): void {
  new Traces(parts, { ...(log && { log }), ...(history && { history }), ...(hooks && { hooks }) });
}

/** Hands what happens to whoever writes it down: the log first, since SIP comes before MicroSIP's windows. */
class Traces {
  private history: HistoryRecorder | undefined;
  private log: SipLog | undefined;
  private readonly windows: WindowEvents;

  constructor(
    private readonly parts: WatchedParts,
    private readonly options: TraceOptions,
  ) {
    const hooks = options.hooks && new CallHooks(parts, options.hooks);
    this.windows = new WindowEvents(parts.ui, hooks, () => this.history);
    try {
      this.openHistory();
      this.openLog();
    } catch (error) {
      this.processGone();
      throw error;
    }
    if (parts.registration.state === 'registered') this.log?.registrationChanged();
    this.listen();
  }

  private listen(): void {
    const { parts, windows } = this;
    parts.calls.on('turned_away', (call) => this.log?.turnedAway(call));
    parts.calls.on('transferred', (call, user, host) => this.log?.transferred(call, user, host));
    for (const event of ['offered', 'changed'] as const) {
      parts.calls.on(event, (call) => {
        this.log?.[event](call);
        windows[event](call);
      });
    }
    parts.calls.on('refused', (call, refusal) => {
      this.log?.refused(call, refusal);
      windows.refused(call, refusal);
    });
    parts.calls.on('ended', (call, ending) => {
      this.log?.ended(call, ending);
      windows.ended(call, ending);
    });
    parts.recorder.on('begun', (call, path, id) => this.log?.recordingBegun(path, id));
    parts.recorder.on('over', (call, id) => this.log?.recordingOver(id));
    parts.on('voicemail', (voicemail) => {
      if (voicemail) this.log?.voicemail(voicemail);
    });
    parts.on('registration', () => this.log?.registrationChanged());
    parts.on('stack', (change) => {
      if (change === 'down') this.log?.end();
      this.log = undefined;
      if (change === 'up')
        this.atStart(() => {
          this.openLog();
        });
    });
    parts.on('presence', (presence) => {
      if (presence === 'absent') this.processGone();
      else
        this.atStart(() => {
          this.openHistory();
        });
    });
  }

  private openLog(): void {
    if (this.options.log !== undefined && this.parts.isReady) this.log = new SipLog(this.parts, this.options.log);
  }

  private openHistory(): void {
    const { history } = this.options;
    if (history !== undefined) this.history ??= new HistoryRecorder(this.parts, history);
  }

  private processGone(): void {
    this.log?.breakOff();
    this.log = undefined;
    this.history?.stop();
    this.history = undefined;
    this.windows.forget();
  }

  /** The real one puts up a box and ends; nobody would be there to close it. */
  private atStart(open: () => void): void {
    try {
      open();
    } catch (error) {
      this.parts.journal.add('box', String(error));
    }
  }
}
