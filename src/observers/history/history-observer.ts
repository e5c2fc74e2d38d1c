import type { Observer, ObserverHost, PhoneAct } from '../../phone/ports/observer';
import { withinTime } from '../../within-time';
import { withDefaults, type FullHistoryOptions, type HistoryOptions } from './history-options';
import { HistorySession } from './history-session';

/** ms. Commands wait for a refresh, and the history has nothing to tell that they could not do without. */
const LONGEST_REFRESH = 200;
/** ms. What there is of the present has been reported long before; the past may take its time. */
const LONGEST_START = 2000;
/** ms. A look at a file that is not to be had ends later by itself. */
const LONGEST_STOP = 2000;

/**
 * Learns of calls from MicroSIP's call history: names, numbers and Call-IDs of those going on, the end of each, and once,
 * over restarts, those that ended while nobody watched. What it reports is named by the SIP Call-ID.
 */
export class HistoryObserver implements Observer {
  private readonly options: FullHistoryOptions;
  private session: HistorySession | undefined;
  private stopping: Promise<void> = Promise.resolve();

  constructor(options: HistoryOptions) {
    this.options = withDefaults(options);
  }

  /** Never fails: a history that cannot be read is a problem that is told, not for the phone. */
  async start(host: ObserverHost): Promise<void> {
    const session = new HistorySession(this.options, host);
    const before = this.stop();
    this.session = session;
    await before;
    if (this.session === session) await withinTime(session.start(), LONGEST_START, { clock: session.clock });
  }

  async refresh(): Promise<void> {
    if (this.session) await withinTime(this.session.catchUp(), LONGEST_REFRESH, { clock: this.session.clock });
  }

  stop(): Promise<void> {
    const stopped = this.session && withinTime(this.session.stop(), LONGEST_STOP, { clock: this.session.clock });
    this.session = undefined;
    if (stopped) this.stopping = Promise.all([this.stopping, stopped]).then(() => undefined);
    return this.stopping;
  }

  /** A call whose end has been told is no finished call, also after a restart right now. */
  note(act: PhoneAct): void {
    if (act.type !== 'told') return;
    const { event } = act;
    if (event.event === 'ended' && event.call.sipCallId !== undefined) this.session?.noteEnded(event.call.sipCallId);
  }
}
