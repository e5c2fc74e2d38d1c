import { isOver, type HistoryRow, type HistoryPage, type Want } from './rows/history-row';
import type { LastSeen, Seen } from './last-seen';
import { OpenCall } from './rows/open-call';

export interface HistoryReconcilerOptions {
  /** Milliseconds from the end of a call in the history to our telling it, in favour of sources that know more. */
  endDelay: number;
  /** False: a call that goes on is only told of while another source knows it. */
  leads: boolean;
  /** A call that was told of as going on and has not ended after so many ms is given up. */
  giveUpAfter?: number | undefined;
  /**
   * The key by which another source tells of this call, or told of it until lately.
   * @param began ms since 1970 by our clock
   */
  known: (row: HistoryRow, began: number) => string | undefined;
  /** How much more the wall clock, by which the rows are written, says than ours, ms (0). */
  ahead?: () => number;
}

/**
 * What is to be told:
 * - `going_on`: a call that is there, or something new about it;
 * - `over`: the end of a call that was told of as going on, by us or by another source; seen at the time `at` (ms);
 * - `finished`: a call that nobody has told of.
 */
export type News =
  | { type: 'going_on'; row: HistoryRow; key: string; began: number }
  | { type: 'over'; row: HistoryRow; key: string; began: number; at: number }
  | { type: 'finished'; row: HistoryRow; replayed: boolean; rang?: false };

/** Rows that are taken at a time, so that a long history does not hold up what is new. */
const PAGE = 25;
/** So many of the calls that were told last have to be deleted until a history is no longer known. */
const ANCHORS = 8;
/** More calls than anybody makes in the time of CLOCK_SLACK. */
const REMEMBERED = 200;
/** Most of them are left over from crashes of MicroSIP, which keeps no more rows than this from one start to the next. */
const MOST_OPEN = 1000;
/** Seconds. A row made longer than this before the newest one was imported; up to this the clock may have been set. */
const CLOCK_SLACK = 3600;
/** Seconds. Nothing rings for longer; an older row without an end may be left over from a crash. */
const FRESH = 180;

/**
 * Decides what a call history has to tell and what of it was told already. Pure: it neither reads nor waits. `now` is
 * always by our clock, which nobody sets, in ms since 1970.
 *
 * Everything that was seen and not told is in `lastSeen.open`. Whoever reports one piece of news, calls `told` and then
 * keeps `lastSeen` loses no call when the program is killed in between, and repeats at most that one.
 */
export class HistoryReconciler {
  private readonly open = new Map<string, OpenCall>();
  private done: Seen[];
  private id: number;
  private key: string;
  private time: number;
  private begun: boolean;
  /** Calls that were open when the program ended, until the first look. */
  private carried: readonly Seen[];
  /** Rows up to this id were there when we began to watch. */
  private before: number | undefined;
  private pageWaits = false;
  /** Seconds since 1970 by the wall clock, as it was and, should it be set, as it is. */
  private notBefore: (() => number) | undefined;
  /** What was written from then on is no past. */
  private newSince: (() => number) | undefined;

  /** @param lastSeen undefined: begin at the newest row */
  constructor(
    lastSeen: LastSeen | undefined,
    private readonly options: HistoryReconcilerOptions,
  ) {
    this.begun = lastSeen !== undefined;
    this.id = lastSeen?.id ?? 0;
    this.key = lastSeen?.key ?? '';
    this.time = lastSeen?.time ?? 0;
    this.done = [...(lastSeen?.done ?? [])];
    this.carried = lastSeen?.open ?? [];
  }

  /** What the next look should bring. */
  want(now: number): Want {
    const gone = [...this.open.values()].filter((call) => call.gone).map(({ row }) => row.id);
    return { after: this.id, oldest: this.oldest(now), limit: PAGE, ids: [...this.anchors().keys(), ...gone] };
  }

  /** There is more to be read, although the file has not changed. */
  get more(): boolean {
    return this.pageWaits;
  }

  get lastSeen(): LastSeen {
    const rows = [...this.open.values()].filter(({ gone }) => !gone).map(({ row }) => [row.id, row.key] as const);
    const { id, key, time, done } = this;
    return { id, key, time, open: [...this.carried, ...rows].slice(-MOST_OPEN), done };
  }

  /** Whoever could not look at once begins with what was written since he wanted to (ms since 1970, by our clock). */
  beginAt(time: number): void {
    this.newSince ??= this.writtenFrom(time);
  }

  /** There is no file yet, or no longer. */
  absent(now: number): void {
    if (this.begun) return;
    this.begun = true;
    // MicroSIP fills a new history with the rows of an old one: only calls from now on count.
    this.notBefore = this.writtenFrom(now);
    this.time = this.notBefore();
    this.before = 0;
  }

  take(look: HistoryPage, now: number): void {
    if (this.begun && this.isOther(look)) {
      this.beginAgain();
      return;
    }
    if (!this.begun) this.beginAtNewest(look);
    this.before ??= look.maxId;
    this.seeOpen(look.rows, now);
    const taken = look.rows.filter((row) => this.seeNew(row, look.upTo, now) && row.id <= look.upTo);
    if (look.upTo > this.id) {
      this.id = look.upTo;
      this.key = look.rows.find(({ id }) => id === look.upTo)?.key ?? '';
    }
    this.pageWaits = look.upTo < look.maxId;
    this.time = (this.pageWaits ? undefined : taken.at(-1)?.time) ?? this.time;
  }

  /** What is to be told now, in this order: the present before the past. */
  news(now: number): News[] {
    const calls = [...this.open.values()].sort((a, b) => a.row.id - b.row.id);
    const ended = calls.flatMap((call) => this.ended(call, now));
    return [
      ...calls.flatMap((call) => this.goingOn(call, now)),
      ...ended.filter(({ type }) => type === 'over'),
      ...ended.filter(({ type }) => type === 'finished'),
    ];
  }

  told(news: News, now: number): void {
    const call = this.open.get(news.row.key);
    if (news.type === 'going_on') call?.tellGoingOn(news.key, now);
    else this.close(news.row.id, news.row.key);
  }

  /** Another source has told the end of this call. */
  noteEnded(key: string): void {
    const carried = this.carried.find(([, one]) => one === key);
    this.close(this.open.get(key)?.row.id ?? carried?.[0] ?? 0, key);
  }

  /** A call goes on that another source may tell of at any moment. */
  awaitsOthers(now: number): boolean {
    return [...this.open.values()].some(({ key, row }) => key === undefined && !isOver(row) && this.isFresh(row, now));
  }

  /** When there will be news although nothing has changed, in ms since 1970. */
  get nextDue(): number | undefined {
    const { endDelay, giveUpAfter } = this.options;
    const times = [...this.open.values()].flatMap((call) => [
      call.dueAt(endDelay) ?? (giveUpAfter === undefined ? Infinity : (call.toldAt ?? Infinity) + giveUpAfter),
    ]);
    const first = Math.min(...times);
    return Number.isFinite(first) ? first : undefined;
  }

  /**
   * The file was replaced: ids have other keys than before, or none is known any more. The latter may only mean that many
   * rows were deleted; to begin again is right then, too.
   */
  private isOther({ rows, maxId }: HistoryPage): boolean {
    if (maxId === 0) return false;
    const known = this.anchors();
    const found = rows.filter(({ id }) => known.has(id));
    if (found.length === 0) return known.size > 0 || maxId < this.id;
    return found.some(({ id, key }) => known.get(id) !== key);
  }

  /** From the first row, without those that were told. */
  private beginAgain(): void {
    this.id = 0;
    this.key = '';
    if (this.before !== undefined) this.before = 0;
    this.carried = [];
    this.done = this.done.map(([, key]) => [0, key]);
    for (const [key, call] of this.open) {
      if (call.key === undefined) this.open.delete(key);
      else call.gone = true;
    }
    this.pageWaits = true;
  }

  private beginAtNewest({ rows, maxId }: HistoryPage): void {
    this.begun = true;
    const newSince = this.newSince?.() ?? Infinity;
    const firstNew = rows.find(({ time }) => time >= newSince);
    const past = rows.filter(({ id }) => firstNew === undefined || id < firstNew.id);
    this.id = firstNew === undefined ? maxId : firstNew.id - 1;
    this.before = this.id;
    this.time = past.at(-1)?.time ?? Math.min(newSince, rows.at(-1)?.time ?? 0);
    this.carried = past.filter((row) => !isOver(row)).map(({ id, key }) => [id, key]);
    this.done = past.filter(isOver).map(({ id, key }) => [id, key]);
  }

  private seeOpen(rows: readonly HistoryRow[], now: number): void {
    const present = new Map(rows.map((row) => [row.key, row]));
    for (const [, key] of this.carried) {
      const row = present.get(key);
      if (row) this.open.set(key, new OpenCall(row, now, true, this.ahead));
    }
    this.carried = [];
    for (const [key, call] of this.open) {
      const row = present.get(key);
      if (row) call.see(row, now);
      else call.gone = true;
    }
  }

  /** @returns whether it is a call that nothing was known of */
  private seeNew(row: HistoryRow, upTo: number, now: number): boolean {
    if (this.open.has(row.key) || row.id <= this.id || this.isDone(row.key)) return false;
    // What goes on is told at once, however many rows are waiting before it.
    const goesOn = !isOver(row) && this.isFresh(row, now);
    if (!goesOn && (row.id > upTo || row.time < this.oldest(now))) return false;
    this.open.set(row.key, new OpenCall(row, now, row.id <= (this.before ?? 0), this.ahead));
    return true;
  }

  private goingOn(call: OpenCall, now: number): News[] {
    const { row, began } = call;
    if (isOver(row) || call.gone) return [];
    const own = this.options.leads && this.isFresh(row, now) ? row.key : undefined;
    const key = call.key ?? this.options.known(row, began) ?? own;
    return key !== undefined && call.isNews(key) ? [{ type: 'going_on', row, key, began }] : [];
  }

  private ended(call: OpenCall, now: number): News[] {
    const { row, replayed, began } = call;
    const { endDelay, giveUpAfter = Infinity } = this.options;
    const key = call.key ?? this.options.known(row, began);
    const dueAt = call.dueAt(endDelay);
    if (dueAt === undefined) {
      const givenUp = now - (call.toldAt ?? now) >= giveUpAfter;
      return givenUp && key !== undefined ? [{ type: 'over', row, key, began, at: now }] : [];
    }
    if (dueAt > now) return [];
    if (key !== undefined) return [{ type: 'over', row, key, began, at: call.endedAt ?? now }];
    return [{ type: 'finished', row, replayed, ...(call.refusedUnheard && { rang: false }) }];
  }

  private close(id: number, key: string): void {
    this.open.delete(key);
    this.carried = this.carried.filter(([, one]) => one !== key);
    if (!this.isDone(key)) this.done = [...this.done, [id, key] as const].slice(-REMEMBERED);
  }

  private isDone(key: string): boolean {
    return this.done.some(([, one]) => one === key);
  }

  /** Rows by which the file is known again. */
  private anchors(): Map<number, string> {
    const done = this.done.filter(([id]) => id > 0).slice(-ANCHORS);
    const newest: Seen[] = this.key === '' ? [] : [[this.id, this.key]];
    return new Map([...done, ...this.lastSeen.open, ...newest]);
  }

  private oldest(now: number): number {
    if (!this.begun && this.newSince) return this.newSince();
    const wall = Math.floor((now + this.ahead) / 1000);
    return Math.max(Math.min(this.time, wall) - CLOCK_SLACK, this.notBefore?.() ?? 0);
  }

  private isFresh({ time }: HistoryRow, now: number): boolean {
    return (now + this.ahead) / 1000 - time <= FRESH;
  }

  /** The least time (seconds) that a row may have which is written from then on. */
  private writtenFrom(time: number): () => number {
    const first = this.ahead;
    return () => Math.floor((time + Math.min(first, this.ahead)) / 1000);
  }

  private get ahead(): number {
    return this.options.ahead?.() ?? 0;
  }
}
