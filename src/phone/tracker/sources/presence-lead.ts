import type { ErrorCode } from '../../errors/phone-error';
import { isOnline, type Presence, type PresenceObservation } from '../../ports/observation';

/** MicroSIP runs, but its windows cannot be reached from here. */
const OUT_OF_REACH: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode | undefined>([
  'access_denied',
  'other_session',
]);

/**
 * Whether MicroSIP is there. Its windows tell best, as long as they can be reached; else whoever spoke last.
 */
export class PresenceLead {
  private window: PresenceObservation | undefined;
  private other: PresenceObservation | undefined;

  /**
   * @param awaitsWindows the windows are going to tell: what others say before that counts for nothing
   * @param wasOnline MicroSIP was there with calls when the phone was closed; sources that only tell of changes are silent
   */
  constructor(
    private readonly awaitsWindows: boolean,
    private wasOnline: boolean,
  ) {}

  take(seen: PresenceObservation): void {
    if (seen.source === 'window' || seen.source === 'simulator') this.window = seen;
    else this.other = seen;
  }

  forget(): void {
    this.window = undefined;
    this.other = undefined;
    this.wasOnline = false;
  }

  /** Who shows all calls is there and can be seen. */
  get windowsShow(): boolean {
    return this.window?.presence === 'ready';
  }

  get logTells(): boolean {
    return this.other?.source === 'log' && isOnline(this.other.presence);
  }

  /** For commands: what the windows say where they say something. */
  get presence(): Presence {
    return (this.window ?? this.other)?.presence ?? (this.wasOnline && !this.awaitsWindows ? 'ready' : 'absent');
  }

  get problem(): ErrorCode | undefined {
    return (this.window ?? this.other)?.problem;
  }

  /** For calls: whether there can be any; undefined as long as that is not known. */
  get online(): boolean | undefined {
    if (this.awaitsWindows && this.window === undefined) return undefined;
    const blind = this.window === undefined || OUT_OF_REACH.has(this.window.problem);
    return isOnline((blind ? (this.other ?? this.window) : this.window)?.presence ?? 'absent');
  }
}
