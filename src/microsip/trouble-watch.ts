import { isDeepStrictEqual } from 'node:util';
import type { Source } from '../phone/calls/call';
import { PhoneError } from '../phone/errors/phone-error';
import type { Trouble, TroubleObservation } from '../phone/ports/observation';
import { processName } from './process-name';
import type { WindowSnapshot } from './window-snapshot';

/** What does not last this long (ms) is not told: a box that is answered at once, a moment in which MicroSIP is busy. */
export const TROUBLE_LASTS = 1000;

export type Shown = Pick<WindowSnapshot, 'presence' | 'box' | 'pid' | 'startedAt'>;

const CAUSES = ['hang', 'box'] as const;
type Cause = (typeof CAUSES)[number];

const HANGS = (): Trouble => troubleOf(new PhoneError('timeout', 'hung'));

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
 * Tells from what is seen of a MicroSIP that runs what keeps it from working (docs/microsip/further.md#I): a box that waits
 * for a click, a window that does not answer. Each is told once it has lasted, and when it is over.
 */
export class TroubleWatch {
  private readonly standing = new Map<Cause, Standing>();
  /** It was seen coming and has not been ready since: it is only starting, which may keep it from answering for a while. */
  private isStarting = false;
  private process: string | undefined;

  constructor(private readonly source: Source) {}

  /** @param time ms, never before that of an earlier look */
  look(shown: Shown, time: number): Troubles {
    const process = processName(shown);
    if (process !== undefined && process !== this.process) {
      // Of another MicroSIP nothing was told, and with the one before it everything was over.
      this.isStarting ||= this.process !== undefined;
      this.process = process;
      this.standing.clear();
    }
    if (shown.presence === 'absent' || shown.presence === 'starting') this.isStarting = true;
    if (shown.presence === 'ready') this.isStarting = false;
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
    const isNew = !standing.told || !isDeepStrictEqual(standing.trouble, trouble);
    standing.trouble = trouble;
    if (!isNew || time - standing.since < TROUBLE_LASTS) return [];
    standing.told = true;
    return [{ ...of, ...trouble }];
  }

  private troublesOf({ presence, box }: Shown): Partial<Record<Cause, Trouble>> {
    if (presence === 'absent') return {};
    return {
      ...(box && { box: { problem: 'blocked' as const, ...(box.title !== '' && { problemText: box.title }) } }),
      ...(presence === 'hung' && !this.isStarting && { hang: HANGS() }),
    };
  }
}

/** What is to be told of an error: its code, and its sentence as what there is to read. */
export function troubleOf({ code, message }: PhoneError): Trouble {
  return { problem: code, problemText: message };
}

/**
 * What is to be told of why a MicroSIP is absent.
 * @returns nothing when it just does not run
 */
export function absenceText({ problem, box }: Pick<WindowSnapshot, 'problem' | 'box'>): string | undefined {
  if (problem === undefined || problem === 'not_running') return undefined;
  return problem === 'blocked' && box && box.title !== '' ? box.title : new PhoneError(problem).message;
}
