import type { Clock } from '../../clock';
import { fieldsOf, text, wholeBetween, type Reader } from '../../messages/json-reader';
import type { FinishedCall } from '../../phone/phone-event';
import type { KeptJson } from '../memory/kept-json';

/** How many calls were missed on a day, by the calendar where the agent is. */
export interface MissedOnDay {
  /** `2026-11-30` */
  day: string;
  missed: number;
}

export const readMissedOnDay: Reader<MissedOnDay> = fieldsOf<MissedOnDay>(
  { day: text, missed: wholeBetween(0, Number.MAX_SAFE_INTEGER) },
  {},
);

/** Counts the calls that nobody answered since midnight, over restarts. */
export class MissedToday {
  private day: string;
  private missed = 0;

  constructor(
    private readonly clock: Clock,
    private readonly kept: KeptJson<MissedOnDay>,
  ) {
    this.day = this.today;
  }

  async load(): Promise<void> {
    const kept = await this.kept.load();
    if (kept?.day === this.today) this.missed += kept.missed;
  }

  get count(): number {
    const { today } = this;
    if (today !== this.day) {
      this.day = today;
      this.missed = 0;
    }
    return this.missed;
  }

  /** @param finished with times by the wall clock */
  note({ call }: FinishedCall): void {
    if (call.disposition !== 'missed' || dayOf(call.startTime) !== this.today) return;
    this.missed = this.count + 1;
    this.kept.save({ day: this.day, missed: this.missed });
  }

  private get today(): string {
    return dayOf(this.clock.wall());
  }
}

/** @returns ms until the calendar here has a new day */
export function untilMidnight(wall: number): number {
  const date = new Date(wall);
  return date.setHours(24, 0, 0, 0) - wall;
}

function dayOf(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
