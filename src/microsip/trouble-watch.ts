import type { Source } from '../phone/calls/call';
import { PhoneError, type ErrorCode } from '../phone/errors/phone-error';
import type { TroubleObservation } from '../phone/ports/observation';
import type { WindowSnapshot } from './window-snapshot';

/** What does not last this long (ms) is not told: a box that is answered at once, a moment in which MicroSIP is busy. */
export const TROUBLE_LASTS = 1000;

/** Why there is no MicroSIP that we may talk to, when it is more than that it does not run. */
const IN_THE_WAY = ['access_denied', 'other_session', 'expired', 'blocked'] as const satisfies readonly ErrorCode[];

export type Shown = Pick<WindowSnapshot, 'presence' | 'problem' | 'box'>;

type Trouble = Pick<TroubleObservation, 'problem' | 'problemText'>;

const CAUSES = ['absence', 'hang', 'box'] as const;
type Cause = (typeof CAUSES)[number];

interface Standing {
  trouble: Trouble;
  since: number;
  told: boolean;
}

export interface Troubles {
  observations: TroubleObservation[];
  /** ms; looked at then, there is something to be told although nothing has changed. */
  lookAgainIn?: number;
}

/**
 * Tells from what is seen of MicroSIP what keeps it from working (docs/microsip/further.md#I): a box that waits for a click,
 * a window that does not answer, an absence that has a reason. Each is told once it has lasted, and when it is over.
 */
export class TroubleWatch {
  private readonly standing = new Map<Cause, Standing>();
  private wasReady = false;

  constructor(private readonly source: Source) {}

  /** @param time ms, never before that of an earlier look */
  look(shown: Shown, time: number): Troubles {
    if (shown.presence === 'ready') this.wasReady = true;
    if (shown.presence === 'absent') this.wasReady = false;
    const now = this.troublesOf(shown);
    const observations = CAUSES.flatMap((cause) => this.news(cause, now[cause], time));
    const waits = [...this.standing.values()].filter(({ told }) => !told).map(({ since }) => since + TROUBLE_LASTS);
    return { observations, ...(waits.length > 0 && { lookAgainIn: Math.max(1, Math.min(...waits) - time) }) };
  }

  private news(cause: Cause, trouble: Trouble | undefined, time: number): TroubleObservation[] {
    const before = this.standing.get(cause);
    const of = { type: 'trouble', time, source: this.source, cause } as const;
    if (!trouble) {
      this.standing.delete(cause);
      return before?.told ? [of] : [];
    }
    const standing = before ?? { trouble, since: time, told: false };
    this.standing.set(cause, standing);
    const isNew = !standing.told || !isSame(standing.trouble, trouble);
    standing.trouble = trouble;
    if (!isNew || time - standing.since < TROUBLE_LASTS) return [];
    standing.told = true;
    return [{ ...of, ...trouble }];
  }

  private troublesOf({ presence, problem, box }: Shown): Partial<Record<Cause, Trouble>> {
    if (presence === 'absent') {
      const known = IN_THE_WAY.find((one) => one === problem);
      return known ? { absence: known === 'blocked' ? boxTrouble(box) : told(new PhoneError(known)) } : {};
    }
    return {
      ...(box && { box: boxTrouble(box) }),
      // Until it has been ready it is only starting, which may keep it from answering for a while.
      ...(presence === 'hung' && this.wasReady && { hang: told(new PhoneError('timeout', 'hung')) }),
    };
  }
}

function boxTrouble(box: Shown['box']): Trouble {
  return { problem: 'blocked', ...(box && box.title !== '' && { problemText: box.title }) };
}

function told({ code, message }: PhoneError): Trouble {
  return { problem: code, problemText: message };
}

function isSame(one: Trouble, other: Trouble): boolean {
  return one.problem === other.problem && one.problemText === other.problemText;
}
