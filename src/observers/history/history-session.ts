import { pause, type Clock } from '../../clock';
import type { ObserverHost } from '../../phone/ports/observer';
import { PhoneError, type ErrorReason } from '../../phone/errors/phone-error';
import { CallLogDatabase } from './database/call-log-db';
import { damagedHistory } from './database/query-failure';
import { finishedCall } from './catch-up';
import { EndTexts } from './rows/end-texts';
import { HistoryReconciler, type News } from './history-reconciler';
import type { FullHistoryOptions } from './history-options';
import { LaterError, type HistoryRow, type HistoryStore } from './rows/history-row';
import { HistoryWatch } from './history-watch';
import { IniCalls } from './rows/ini-calls';
import { lastSeenFile, type LastSeenFile } from './last-seen';
import { keyOfSameCall } from './rows/same-call';
import { endObservations, goingOnObservation } from './rows/row-observations';

/** ms until the next try when somebody else is busy with the file; doubled each time, up to the poll interval. */
const FIRST_RETRY = 100;
/** What `catchUp` does before it leaves a busy file to the next try. */
const TRIES = 3;
const PAUSE = 50;
/** ms. After this a write of MicroSIP fails and ends it (docs/microsip/3.22.16.md#3): no lock of its own lasts so long. */
const LOCKED_FOR_EVER = 5000;
/** ms until the phone is asked again about a call that goes on. */
const ASK_AGAIN = 250;
/** ms; the poll comes before it anyway. */
const LONGEST_TIMER = 60_000;

/** The time between one start and one stop of the observer. */
export class HistorySession {
  private readonly stores: readonly HistoryStore[];
  private readonly kept: LastSeenFile;
  private readonly watch: HistoryWatch;
  private readonly texts: EndTexts;
  private readonly complaints = new Set<string>();
  private readonly endedElsewhere: string[] = [];
  private store: HistoryStore | undefined;
  private reconciler: HistoryReconciler | undefined;
  /** Of the file when it was read. */
  private stamp: string | undefined;
  private saved = '';
  private stopped = false;
  private readonly begunAt: number;
  /** A file was there and could not be read: what was written until it could be is no past. */
  private unreadable = false;
  /** Since when the file is not to be had. */
  private lockedSince: number | undefined;
  private retry = FIRST_RETRY;
  private cancelTimer: (() => void) | undefined;
  private running: Promise<unknown> = Promise.resolve();
  /** The pass that has not begun and so sees everything that happens until then. */
  private next: Promise<boolean> | undefined;

  constructor(
    private readonly options: FullHistoryOptions,
    private readonly host: ObserverHost,
  ) {
    const { database, ini, iniQuiet, directory, programFolder } = options;
    this.texts = new EndTexts(programFolder);
    this.begunAt = this.clock.now();
    this.stores = [new CallLogDatabase(database), ...(ini === undefined ? [] : [new IniCalls(ini, iniQuiet)])];
    this.kept = lastSeenFile(directory);
    this.watch = new HistoryWatch(
      this.stores.map(({ path }) => path),
      () => void this.look(),
      options,
      this.clock,
    );
  }

  get clock(): Clock {
    return this.host.clock;
  }

  async start(): Promise<void> {
    this.watch.start();
    await this.catchUp();
  }

  /** Resolves when what is in the file now has been reported, or when the file is not to be had. */
  async catchUp(): Promise<void> {
    for (let tries = 1; !(await this.look()) && tries < TRIES; tries += 1) await pause(this.clock, PAUSE);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.watch.stop();
    this.cancelTimer?.();
    await this.running;
  }

  noteEnded(key: string): void {
    if (!this.reconciler) this.endedElsewhere.push(key);
    this.reconciler?.noteEnded(key);
    void this.look();
  }

  /** @returns false when the file was not to be had */
  private look(): Promise<boolean> {
    this.next ??= this.afterRunning();
    return this.next;
  }

  private async afterRunning(): Promise<boolean> {
    await this.running;
    this.next = undefined;
    if (this.stopped) return true;
    const pass = this.pass();
    this.running = pass;
    return pass;
  }

  private async pass(): Promise<boolean> {
    const wasRead = await this.read();
    await this.tell();
    this.planNext(wasRead);
    return wasRead;
  }

  private async read(): Promise<boolean> {
    try {
      await this.readFirstStore();
      this.retry = FIRST_RETRY;
      this.lockedSince = undefined;
      return true;
    } catch (error) {
      this.unreadable = true;
      if (error instanceof LaterError) {
        this.noteLocked(error);
        return false;
      }
      this.complain(error instanceof PhoneError ? error : this.failed('history', error));
      return true;
    }
  }

  private noteLocked(error: LaterError): void {
    const now = this.clock.monotonic();
    this.lockedSince ??= now;
    if (now - this.lockedSince >= LOCKED_FOR_EVER) this.complain(this.failed('history_locked', error));
  }

  private async readFirstStore(): Promise<void> {
    for (const store of this.stores) {
      const stamp = await store.stamp();
      if (stamp === undefined) continue;
      const reconciler = await this.reconcilerOf(store);
      if (stamp === this.stamp && !reconciler.more) return;
      if (this.unreadable) reconciler.beginAt(this.begunAt);
      const now = this.clock.now();
      const look = await this.texts.english(await store.look(reconciler.want(now)));
      if (look.damaged) this.complain(damagedHistory(store.path));
      reconciler.take(look, now);
      if (this.stamp === undefined) this.host.report({ type: 'source_live', time: now, source: 'history' });
      this.stamp = stamp;
      return;
    }
    const [newest] = this.stores;
    if (newest) (await this.reconcilerOf(newest)).absent(this.clock.now());
  }

  /** MicroSIP may be updated while we watch, and then goes from one file to the other. */
  private async reconcilerOf(store: HistoryStore): Promise<HistoryReconciler> {
    if (this.reconciler && this.store === store) return this.reconciler;
    const reconciler = new HistoryReconciler(await this.kept.load(this.entry(store)), {
      ...this.options,
      ahead: () => this.clock.ahead(),
      known: (row, began) => this.known(row, began),
    });
    for (const key of this.endedElsewhere.splice(0)) reconciler.noteEnded(key);
    this.store = store;
    this.reconciler = reconciler;
    this.stamp = undefined;
    this.saved = '';
    return reconciler;
  }

  /**
   * By which key the phone knows a call, open or ended lately, from another source or from before a deploy: the call is
   * reported with that key then, and is no finished call.
   */
  private known(row: HistoryRow, began: number): string | undefined {
    const calls = this.host.knownCalls().map((call) => ({ key: call.callId, call }));
    return keyOfSameCall({ ...row, time: began / 1000 }, calls, this.options.e164);
  }

  /** One at a time, because while one is being kept others may come or be told by another source. */
  private async tell(): Promise<void> {
    const { reconciler } = this;
    if (!reconciler) return;
    for (;;) {
      const [news] = this.stopped ? [] : reconciler.news(this.clock.now());
      if (!news) break;
      this.tellOne(news);
      reconciler.told(news, this.clock.now());
      if (news.type !== 'going_on') await this.keep(reconciler);
    }
    await this.keep(reconciler);
  }

  private tellOne(news: News): void {
    const { row } = news;
    switch (news.type) {
      case 'going_on':
        this.host.report(goingOnObservation(row, news.key, news.began));
        break;
      case 'over':
        for (const seen of endObservations(row, news.key, news.began, news.at)) this.host.report(seen);
        break;
      case 'finished':
        this.host.finished(finishedCall(row, news.replayed, news.rang));
        break;
    }
  }

  private async keep(reconciler: HistoryReconciler): Promise<void> {
    const { store } = this;
    const lastSeen = reconciler.lastSeen;
    const text = JSON.stringify(lastSeen);
    if (!store || text === this.saved) return;
    try {
      await this.kept.save(this.entry(store), lastSeen);
      this.saved = text;
    } catch (error) {
      this.complain(this.failed('history_not_kept', error, this.kept.path));
    }
  }

  private planNext(wasRead: boolean): void {
    this.cancelTimer?.();
    if (this.stopped) return;
    const { reconciler } = this;
    const now = this.clock.now();
    const waits = [
      wasRead ? Infinity : this.retry,
      wasRead && reconciler?.more ? 0 : Infinity,
      reconciler?.awaitsOthers(now) ? ASK_AGAIN : Infinity,
      Math.max((reconciler?.nextDue ?? Infinity) - now, 1),
    ];
    if (!wasRead) this.retry = Math.min(this.retry * 2, this.options.poll);
    const wait = Math.min(...waits);
    if (wait < LONGEST_TIMER) this.cancelTimer = this.clock.after(wait, () => void this.look());
  }

  private entry({ path }: HistoryStore): string {
    const { phone } = this.options;
    return phone === '' ? path : `${phone} ${path}`;
  }

  private failed(reason: ErrorReason<'unsupported'>, error: unknown, path = this.options.database): PhoneError {
    return new PhoneError('unsupported', reason, { path, why: error instanceof Error ? error.message : String(error) });
  }

  private complain(problem: PhoneError): void {
    const kind = `${problem.code} ${problem.reason}`;
    if (this.complaints.has(kind)) return;
    this.complaints.add(kind);
    this.host.problem(problem);
  }
}
