import type { LogCall, RecorderNews } from '../log/log-happening';

const REMEMBERED_CALLS = 200;

/** What a log tells of recordings, for who knows their folder. */
export class LoggedRecordings {
  /** By Call-ID. */
  private readonly paths = new Map<string, string>();
  /** Call-IDs of those whose file is still written. */
  private readonly open = new Set<string>();
  private listener: (news: RecorderNews) => void = () => undefined;

  /** @param listener is called with all that the log tells of recordings */
  listen(listener: (news: RecorderNews) => void): void {
    this.listener = listener;
  }

  /** The log has this call. */
  follow({ sipCallId, answerTime }: Pick<LogCall, 'sipCallId' | 'answerTime'>): void {
    // Another call may have had the same id.
    if (sipCallId !== undefined && answerTime === undefined) this.paths.delete(sipCallId);
  }

  /** Of several recordings of a call the latest counts. */
  note(news: RecorderNews): void {
    const { sipCallId } = news;
    if (news.what === 'opened') this.open.add(sipCallId);
    else this.open.delete(sipCallId);
    if (news.what === 'begun') this.keep(sipCallId, news.path);
    this.listener(news);
  }

  /** Whether its file is still written, as far as the log tells. */
  isOpen(sipCallId: string | undefined): boolean {
    return sipCallId !== undefined && this.open.has(sipCallId);
  }

  pathOf(sipCallId: string | undefined): string | undefined {
    return sipCallId === undefined ? undefined : this.paths.get(sipCallId);
  }

  private keep(sipCallId: string, path: string): void {
    this.paths.delete(sipCallId);
    this.paths.set(sipCallId, path);
    const [oldest] = this.paths.keys();
    if (this.paths.size <= REMEMBERED_CALLS || oldest === undefined) return;
    this.paths.delete(oldest);
    this.open.delete(oldest);
  }
}
