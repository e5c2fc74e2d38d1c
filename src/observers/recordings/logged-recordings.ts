import type { LogCall } from '../log/log-happening';

const REMEMBERED_CALLS = 200;

/** What a log tells of recordings, for who knows their folder. */
export class LoggedRecordings {
  /** Path by Call-ID; none: the log follows this call, and has no recording of it. */
  private readonly paths = new Map<string, string | undefined>();
  private listener: (sipCallId: string, path: string) => void = () => undefined;

  /** @param listener is called with each recording that is begun */
  listen(listener: (sipCallId: string, path: string) => void): void {
    this.listener = listener;
  }

  /** The log has this call from its beginning on. */
  follow({ sipCallId, answerTime }: Pick<LogCall, 'sipCallId' | 'answerTime'>): void {
    // Another call may have had the same id.
    if (sipCallId !== undefined && (answerTime === undefined || !this.paths.has(sipCallId)))
      this.keep(sipCallId, undefined);
  }

  /** Of several recordings of a call the latest counts. */
  note(sipCallId: string, path: string): void {
    this.keep(sipCallId, path);
    this.listener(sipCallId, path);
  }

  /** Whether the log tells of recordings of this call. */
  follows(sipCallId: string | undefined): boolean {
    return sipCallId !== undefined && this.paths.has(sipCallId);
  }

  pathOf(sipCallId: string | undefined): string | undefined {
    return sipCallId === undefined ? undefined : this.paths.get(sipCallId);
  }

  private keep(sipCallId: string, path: string | undefined): void {
    this.paths.delete(sipCallId);
    this.paths.set(sipCallId, path);
    const [oldest] = this.paths.keys();
    if (this.paths.size > REMEMBERED_CALLS && oldest !== undefined) this.paths.delete(oldest);
  }
}
