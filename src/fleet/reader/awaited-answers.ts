import type { Clock } from '../../clock';
import { PhoneError } from '../../phone/errors/phone-error';
import type { Outcome } from './fleet';

/** ms after which an agent that went has really gone, and has not only changed its connection */
const RETURN_TIME = 1000;

interface Awaited {
  missing: Set<string>;
  outcomes: Map<string, Outcome>;
  /** Answers of phones that nobody knew to be meant count as well. */
  isOpen: boolean;
  done(): void;
}

/** Commands on their way, by their ids, and the phones that have not answered them yet. */
export class AwaitedAnswers {
  private readonly awaited = new Map<string, Awaited>();
  /** The same, by phone. */
  private readonly idsOf = new Map<string, Set<string>>();

  constructor(
    private readonly clock: Clock,
    private readonly isOnline: (phone: string) => boolean,
  ) {}

  /** Resolves when all of them have answered, or after so many ms. */
  expect(id: string, phones: Iterable<string>, ms: number, isOpen = false): Promise<Map<string, Outcome>> {
    return new Promise((resolve) => {
      const missing = new Set(phones);
      const outcomes = new Map<string, Outcome>();
      const cancel = this.clock.after(ms, () => {
        this.failAll(id, new PhoneError('agent_offline', 'no_answer', { seconds: Math.round(ms / 1000) }));
      });
      const done = (): void => {
        cancel();
        this.awaited.delete(id);
        resolve(outcomes);
      };
      this.awaited.set(id, { missing, outcomes, isOpen, done });
      for (const phone of missing) this.idsFor(phone).add(id);
      if (missing.size === 0) done();
    });
  }

  isAwaited(id: string, phone: string): boolean {
    const awaited = this.awaited.get(id);
    if (!awaited || awaited.outcomes.has(phone)) return false;
    return awaited.missing.has(phone) || awaited.isOpen;
  }

  /** @returns false for an answer that nobody waits for */
  take(id: string, phone: string, outcome: Outcome): boolean {
    const awaited = this.awaited.get(id);
    if (!awaited || !this.isAwaited(id, phone)) return false;
    this.forget(id, phone);
    awaited.missing.delete(phone);
    awaited.outcomes.set(phone, outcome);
    if (awaited.missing.size === 0) awaited.done();
    return true;
  }

  failAll(id: string, error: PhoneError): void {
    for (const phone of [...(this.awaited.get(id)?.missing ?? [])]) this.take(id, phone, { ok: false, error });
  }

  agentGone(phone: string): void {
    if (!this.idsOf.has(phone)) return;
    const before = [...(this.idsOf.get(phone) ?? [])];
    this.clock.after(
      RETURN_TIME,
      () => {
        if (this.isOnline(phone)) return;
        const error = new PhoneError('agent_offline', 'unanswered');
        for (const id of before) if (this.idsOf.get(phone)?.has(id)) this.take(id, phone, { ok: false, error });
      },
      { idle: true },
    );
  }

  /** Answers that come now are not heard. */
  endAll(error: PhoneError): void {
    for (const id of [...this.awaited.keys()]) this.failAll(id, error);
  }

  private idsFor(phone: string): Set<string> {
    const ids = this.idsOf.get(phone) ?? new Set();
    this.idsOf.set(phone, ids);
    return ids;
  }

  private forget(id: string, phone: string): void {
    const ids = this.idsOf.get(phone);
    ids?.delete(id);
    if (ids?.size === 0) this.idsOf.delete(phone);
  }
}
