import { isOver, type HistoryRow } from './history-row';
import { rowEnding } from './row-ending';

/** A call of the history whose end has not been told. */
export class OpenCall {
  /** By this it has been told of as going on. */
  key: string | undefined;
  /** When it was told of first, in ms since 1970. */
  toldAt: number | undefined;
  /** When its end was seen first, in ms since 1970. */
  endedAt: number | undefined;
  /** Its row is no longer there: somebody deleted it in MicroSIP, or the file was replaced. */
  gone = false;
  /** In ms since 1970 by our clock, which nobody sets; the row has it by the wall clock as it was. */
  readonly began: number;
  private current: HistoryRow;
  private told = '';
  private readonly overAtOnce: boolean;

  /**
   * @param was it was there before we began to watch
   * @param ahead how much more the wall clock says than ours, ms
   */
  constructor(
    row: HistoryRow,
    now: number,
    private readonly was: boolean,
    ahead: number,
  ) {
    this.current = row;
    this.began = Math.min(row.time * 1000 - ahead, now);
    this.overAtOnce = isOver(row);
    this.see(row, now);
  }

  get row(): HistoryRow {
    return this.current;
  }

  /** It ended while nobody watched. */
  get replayed(): boolean {
    return this.was && this.overAtOnce;
  }

  /** MicroSIP writes a row for a call that it refuses or sends on by itself only when that is over (docs/microsip/3.22.16.md#3). */
  get refusedUnheard(): boolean {
    if (this.was || !this.overAtOnce || this.current.type !== 2) return false;
    const { sipStatus } = rowEnding(this.current);
    return sipStatus === 486 || sipStatus === 302;
  }

  see(row: HistoryRow, now: number): void {
    this.current = row;
    this.gone = false;
    if (isOver(row)) this.endedAt ??= now;
  }

  /** What is going on has not been told like this. */
  isNews(key: string): boolean {
    return this.told !== this.content(key);
  }

  tellGoingOn(key: string, now: number): void {
    this.key = key;
    this.toldAt ??= now;
    this.told = this.content(key);
  }

  /**
   * When its end is to be told, in ms since 1970. MicroSIP writes an end in several steps and may correct the text
   * afterwards; what ended while nobody watched is complete.
   */
  dueAt(endDelay: number): number | undefined {
    if (this.endedAt === undefined) return undefined;
    return this.replayed && this.current.info !== '' ? this.endedAt : this.endedAt + endDelay;
  }

  private content(key: string): string {
    const { number, name, type } = this.current;
    return JSON.stringify([key, number, name, type]);
  }
}
