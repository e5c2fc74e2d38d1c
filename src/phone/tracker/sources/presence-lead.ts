import type { Source } from '../../calls/call';
import type { ErrorCode } from '../../errors/phone-error';
import { isOnline, type Presence, type PresenceObservation, type Trouble } from '../../ports/observation';

/** MicroSIP runs, but its windows cannot be reached from here. */
const OUT_OF_REACH: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode | undefined>([
  'access_denied',
  'other_session',
]);

/** Whether MicroSIP is there. One source tells best, as long as it can reach it; else whoever spoke last. */
export class PresenceLead {
  private best: PresenceObservation | undefined;
  private other: PresenceObservation | undefined;

  /**
   * @param bestSource what others say before it has spoken counts for nothing; undefined: there is none
   * @param wasOnline MicroSIP was there with calls when the phone was closed; sources that only tell of changes are silent
   */
  constructor(
    private readonly bestSource: Source | undefined,
    private wasOnline: boolean,
  ) {}

  take(seen: PresenceObservation): void {
    if (seen.source === this.bestSource) this.best = seen;
    else this.other = seen;
  }

  forget(): void {
    this.best = undefined;
    this.other = undefined;
    this.wasOnline = false;
  }

  /** MicroSIP can be seen by who tells best, which shows all calls, too. */
  get bestIsReady(): boolean {
    return this.best?.presence === 'ready';
  }

  get logTells(): boolean {
    return this.other?.source === 'log' && isOnline(this.other.presence);
  }

  /** Who tells best says that MicroSIP does not run. */
  get isGone(): boolean {
    return this.best?.presence === 'absent' && !OUT_OF_REACH.has(this.best.problem);
  }

  /** For commands: what the best source says where it says something. */
  get presence(): Presence {
    return (
      (this.best ?? this.other)?.presence ?? (this.wasOnline && this.bestSource === undefined ? 'ready' : 'absent')
    );
  }

  /** Why it is not there. */
  get trouble(): Trouble | undefined {
    const { problem, problemText } = this.best ?? this.other ?? {};
    return problem && { problem, ...(problemText !== undefined && { problemText }) };
  }

  /** For calls: whether there can be any; undefined as long as that is not known. */
  get online(): boolean | undefined {
    if (this.bestSource !== undefined && this.best === undefined) return undefined;
    const blind = this.best === undefined || OUT_OF_REACH.has(this.best.problem);
    return isOnline((blind ? (this.other ?? this.best) : this.best)?.presence ?? 'absent');
  }
}
