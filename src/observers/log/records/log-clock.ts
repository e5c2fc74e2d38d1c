const DAY = 86_400_000;
const HALF_DAY = DAY / 2;
/** Time zones differ by multiples of this, ms. */
const ZONE_STEP = 900_000;
/** At most this much time (ms) is taken to lie between a record and the moment when it was seen to be the last one. */
const DELAY = 120_000;

/**
 * Gives the stamps of a log, which have no date, an order: milliseconds since the midnight before its first record,
 * in the wall-clock time of the PC that wrote it. Steps back of less than half a day stay steps back.
 */
export class LogClock {
  private day = 0;
  private stamp: number | undefined;

  /** @param stamp milliseconds since midnight */
  read(stamp: number): number {
    if (this.stamp !== undefined) {
      if (stamp - this.stamp < -HALF_DAY) this.day += 1;
      else if (stamp - this.stamp > HALF_DAY && this.day > 0) this.day -= 1;
    }
    this.stamp = stamp;
    return this.wall ?? 0;
  }

  /** The time of the last record that was read. */
  get wall(): number | undefined {
    return this.stamp === undefined ? undefined : this.day * DAY + this.stamp;
  }

  reset(): void {
    this.day = 0;
    this.stamp = undefined;
  }
}

/**
 * Turns the times of a `LogClock` into milliseconds since 1970. Stamps are taken for local time of this computer; where
 * the PC that writes the log lives in another time zone (a log on a share, a container in UTC) or has its own idea of
 * the time, they are shifted by the difference, so that what is written now happens now.
 */
export class LogCalendar {
  /** Calendar date of the clock's day 0. */
  private date: { year: number; month: number; day: number } | undefined;
  /** Our time less that of the log, ms. */
  private offset = 0;
  /** How far the last record was from now when the date was set, ms. */
  private distance = 0;
  /** What is set is the likeliest, until a record is seen to be written. */
  private assumed = false;

  /**
   * The record of the time `wall` was the last one at the time `epoch`. Once the date is set, it is set again only when
   * a whole day must have passed without a record, or a clock was set: the one of that PC, or ours.
   */
  anchor(wall: number, epoch: number): void {
    if (this.assumed) this.reset();
    if (this.date && !this.isOff(epoch - this.toEpoch(wall) - this.distance)) return;
    const today = new Date(epoch);
    const days = Math.floor(wall / DAY);
    const date = (shift: number): { year: number; month: number; day: number } => ({
      year: today.getFullYear(),
      month: today.getMonth(),
      day: today.getDate() + shift - days,
    });
    const skew = (shift: number): number => epoch - at(date(shift), days, wall - days * DAY);
    const nearest = [-1, 1].reduce((best, shift) => (Math.abs(skew(shift)) < Math.abs(skew(best)) ? shift : best), 0);
    const zone = Math.round(skew(nearest) / ZONE_STEP) * ZONE_STEP;
    this.date = date(nearest);
    this.offset = Math.abs(skew(nearest) - zone) <= DELAY ? zone : skew(nearest);
    this.distance = epoch - this.toEpoch(wall);
  }

  /** The record of the time `wall` was the last one some time before `epoch`; its clock is taken for that of this computer. */
  assume(wall: number, epoch: number): void {
    const today = new Date(epoch);
    const days = Math.floor(wall / DAY);
    const date = { year: today.getFullYear(), month: today.getMonth(), day: today.getDate() - days };
    const isAhead = at(date, days, wall - days * DAY) > epoch;
    this.date = isAhead ? { ...date, day: date.day - 1 } : date;
    this.offset = 0;
    this.assumed = true;
  }

  /** Summer time comes and goes in steps of a time zone; a record that is only late is not off by just that. */
  private isOff(drift: number): boolean {
    const steps = Math.round(drift / ZONE_STEP);
    return Math.abs(drift) >= HALF_DAY || (steps !== 0 && Math.abs(drift - steps * ZONE_STEP) <= DELAY);
  }

  /** @returns milliseconds since 1970 */
  toEpoch(wall: number): number {
    if (!this.date) return wall;
    const days = Math.floor(wall / DAY);
    return at(this.date, days, wall - days * DAY) + this.offset;
  }

  /** The log is written by the clock of this computer, as far as can be seen. */
  get isLocal(): boolean {
    return this.date !== undefined && this.offset === 0;
  }

  reset(): void {
    this.date = undefined;
    this.offset = 0;
    this.distance = 0;
    this.assumed = false;
  }
}

function at(date: { year: number; month: number; day: number }, days: number, stamp: number): number {
  return new Date(date.year, date.month, date.day + days, 0, 0, 0, stamp).getTime();
}
