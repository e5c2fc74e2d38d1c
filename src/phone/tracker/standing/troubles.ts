import type { ErrorCode } from '../../errors/phone-error';
import type { Trouble, TroubleObservation } from '../../ports/observation';

/** The most serious first: with these MicroSIP is of no use at all, then for now, then only for new calls. */
const BY_SERIOUSNESS: readonly ErrorCode[] = [
  'access_denied',
  'other_session',
  'expired',
  'timeout',
  'blocked',
  'not_ready',
  'not_registered',
];

/** Whatever an observer gives as a cause, there are only so many. */
const MOST_CAUSES = 50;

/** What is the matter at the same time, each under its cause. */
export class Troubles {
  private readonly byCause = new Map<string, Trouble>();

  note({ cause, problem, problemText }: Pick<TroubleObservation, 'cause' | 'problem' | 'problemText'>): void {
    if (problem === undefined) this.byCause.delete(cause);
    else if (this.byCause.has(cause) || this.byCause.size < MOST_CAUSES)
      this.byCause.set(cause, { problem, ...(problemText !== undefined && { problemText }) });
  }

  /** Of equally serious ones that which began first. */
  get worst(): Trouble | undefined {
    return [...this.byCause.values()].sort((a, b) => seriousness(a) - seriousness(b))[0];
  }

  forget(): void {
    this.byCause.clear();
  }
}

function seriousness({ problem }: Trouble): number {
  const place = BY_SERIOUSNESS.indexOf(problem);
  return place < 0 ? BY_SERIOUSNESS.length : place;
}
