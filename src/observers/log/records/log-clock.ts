const DAY = 86_400_000;
const HALF_DAY = DAY / 2;
const MINUTE = 60_000;
/** Time zones differ by multiples of this, ms. */
const ZONE_STEP = 900_000;
/** At most this much time (ms) is taken to lie between a record and the moment when it was seen to be the last one. */
const DELAY = 120_000;

/** What is known of the moment at which records are read that have just been written. */
export interface Reading {
  /** The time of the log (ms) that a record has which is written now. */
  now: number;
  /** How far the clock of this computer has been set (ms) since that is known. */
  set: number;
}

/**
 * Gives the stamps of a log, which have no date, an order: milliseconds since the midnight before its first record,
 * in the wall-clock time of the PC that wrote it. Steps back of less than half a day stay steps back.
 */
export class LogClock {
  private day = 0;
  private stamp: number | undefined;
  /** How far the clock was set (ms) that gave the last record its stamp; times go on as if it were not. */
  private set = 0;

  /**
   * @param stamp milliseconds since midnight
   * @param reading absent for a record of which nobody knows when it was written
   */
  read(stamp: number, reading?: Reading): number {
    if (this.stamp !== undefined) {
      if (stamp - this.stamp < -HALF_DAY) this.day += 1;
      else if (stamp - this.stamp > HALF_DAY && this.day > 0) this.day -= 1;
    }
    this.stamp = stamp;
    if (reading && reading.set !== this.set) this.follow(stamp, reading);
    return this.wall ?? 0;
  }

  /** The time of the last record that was read. */
  get wall(): number | undefined {
    return this.stamp === undefined ? undefined : this.day * DAY + this.stamp - this.set;
  }

  reset(): void {
    this.day = 0;
    this.stamp = undefined;
    this.set = 0;
  }

  /**
   * Records are read soon after they were written. The first one that was written now rather by the clock as it is set
   * than by the one before, and all behind it, were written after the clock was set.
   */
  private follow(stamp: number, { now, set }: Reading): void {
    const before = awayFrom(now, stamp - this.set);
    const after = awayFrom(now, stamp - set);
    if (Math.abs(after) >= Math.abs(before)) return;
    this.set = set;
    this.day = Math.round((now + after + set - stamp) / DAY);
  }
}

/** How much later than `now` (ms) the nearest moment with this time of the day is; less than nothing if it is earlier. */
function awayFrom(now: number, time: number): number {
  return ((((time - now + HALF_DAY) % DAY) + DAY) % DAY) - HALF_DAY;
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
  /** How much more the wall clock said when the date was set, ms. */
  private ahead = 0;
  private localAhead = 0;
  /** From here on time is counted: the calendar of this computer, with its summer time, is only for what was before. */
  private since: { wall: number; epoch: number } | undefined;

  /**
   * The record of the time `wall` was the last one at the time `now`. Once the date is set, it is set again only when
   * a whole day must have passed without a record, or the clock of another PC was set that writes the log.
   * @param now ms since 1970, evenly counted
   * @param ahead how much more the wall clock says, by which the log is written
   */
  anchor(wall: number, now: number, ahead = 0): void {
    if (this.assumed) this.reset();
    if (!this.date) [this.ahead, this.localAhead] = [ahead, localAhead(now, ahead)];
    else if (!this.isOff(now - this.toEpoch(wall) - this.distance)) return;
    this.since = undefined;
    const epoch = now + this.ahead;
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
    this.since = { wall, epoch: this.toEpoch(wall) };
    this.distance = now - this.since.epoch;
  }

  /** The record of the time `wall` was the last one some time before `now`; its clock is taken for that of this computer. */
  assume(wall: number, now: number, ahead = 0): void {
    this.ahead = ahead;
    const epoch = now + ahead;
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

  /** @returns milliseconds since 1970, evenly counted */
  toEpoch(wall: number): number {
    if (!this.date) return wall;
    if (this.since && wall > this.since.wall) return this.since.epoch + wall - this.since.wall;
    const days = Math.floor(wall / DAY);
    return at(this.date, days, wall - days * DAY) + this.offset - this.ahead;
  }

  /** What is known when records are read now; undefined while the date is not set. */
  reading(now: number, ahead: number): Reading | undefined {
    if (!this.since) return undefined;
    const { wall, epoch } = this.since;
    return { now: wall + now - epoch, set: localAhead(now, ahead) - this.localAhead };
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
    this.ahead = 0;
    this.localAhead = 0;
    this.since = undefined;
  }
}

/** How much more a clock on the wall of this place says than one that counts evenly: summer time sets it as well. */
function localAhead(now: number, ahead: number): number {
  return ahead - new Date(now + ahead).getTimezoneOffset() * MINUTE;
}

function at(date: { year: number; month: number; day: number }, days: number, stamp: number): number {
  return new Date(date.year, date.month, date.day + days, 0, 0, 0, stamp).getTime();
}
