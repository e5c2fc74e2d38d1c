import assert from 'node:assert/strict';
import { LogCalendar, LogClock } from '../../../../../src/observers/log/records/log-clock';
import { mayFollow, readStamp } from '../../../../../src/observers/log/records/record-stamp';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const local = (text: string): number => new Date(text).getTime();

describe('the time of a log', () => {
  it('is read from its stamps', () => {
    assert.equal(readStamp(Buffer.from('23:59:58.765 '), 0), DAY - 1_235);
    for (const text of ['23:59:58.765', '24:00:00.000 ', '23:60:00.000 ', '2a:00:00.000 ', '23:00:00,000 ', '']) {
      assert.equal(readStamp(Buffer.from(text), 0), undefined, text);
    }
  });

  it('goes on over midnight and takes small steps back for what they are', () => {
    const clock = new LogClock();
    assert.equal(clock.wall, undefined);
    assert.equal(clock.read(DAY - 2), DAY - 2);
    assert.equal(clock.read(DAY - 3), DAY - 3);
    assert.equal(clock.read(1), DAY + 1);
    assert.equal(clock.read(DAY - 1), DAY - 1);
    assert.equal(clock.read(2), DAY + 2);
    assert.equal(clock.read(DAY / 2), 1.5 * DAY);
    assert.equal(clock.read(DAY - 1), 2 * DAY - 1);
    assert.equal(clock.read(0), 2 * DAY);
  });

  it('gets its date backwards from the last record', () => {
    const calendar = new LogCalendar();
    // Two midnights lie in the log; its last record was written at 08:00.
    calendar.anchor(2 * DAY + 8 * HOUR, local('2026-11-22T08:00:01'));
    assert.equal(calendar.toEpoch(2 * DAY + 8 * HOUR), local('2026-11-22T08:00:00'));
    assert.equal(calendar.toEpoch(20 * HOUR), local('2026-11-20T20:00:00'));
  });

  it('is that of a computer in another time zone, or of one whose clock is wrong', () => {
    const calendar = new LogCalendar();
    assert.ok(!calendar.isLocal);
    calendar.anchor(9 * HOUR, local('2026-11-22T08:00:20'));
    assert.ok(!calendar.isLocal);
    assert.equal(calendar.toEpoch(9 * HOUR), local('2026-11-22T08:00:00'));
    calendar.reset();
    calendar.anchor(2 * HOUR, local('2026-03-01T20:30:00'));
    assert.equal(calendar.toEpoch(2 * HOUR), local('2026-03-01T20:30:00'));
    calendar.reset();
    calendar.anchor(9 * HOUR + 400_000, local('2026-11-22T09:00:00'));
    assert.equal(calendar.toEpoch(9 * HOUR + 500_000), local('2026-11-22T09:01:40'));
  });

  it('keeps its date while the log goes on, and finds it again after days of silence', () => {
    const calendar = new LogCalendar();
    calendar.anchor(23 * HOUR, local('2026-11-22T23:00:00'));
    calendar.anchor(DAY + 1_000, local('2026-11-23T00:00:01'));
    assert.equal(calendar.toEpoch(DAY + 1_000), local('2026-11-23T00:00:01'));
    calendar.anchor(DAY + 9 * HOUR, local('2026-11-26T09:00:00'));
    assert.equal(calendar.toEpoch(DAY + 9 * HOUR), local('2026-11-26T09:00:00'));
  });

  it('is not believed to jump by hours right after a dump', () => {
    assert.ok(mayFollow(DAY - 10, 5));
    assert.ok(mayFollow(5_000, 4_000));
    assert.ok(mayFollow(5_000, 5_000 + HOUR));
    assert.ok(!mayFollow(5_000, 2_000));
    assert.ok(!mayFollow(20 * HOUR, 12 * HOUR));
    assert.ok(!mayFollow(12 * HOUR, 20 * HOUR));
  });
});

describe('a log whose clock is set', () => {
  const at = (hour: number, minute = 0): number => (hour * 60 + minute) * 60_000;
  const noon = new Date(2026, 2, 29, 12).getTime();

  for (const [what, stamp] of [
    ['back an hour, when summer time ends', at(11, 1)],
    ['forward an hour, when it begins', at(13, 1)],
  ] as const) {
    it(`${what}, tells that what is written now happens now`, () => {
      const calendar = new LogCalendar();
      calendar.anchor(at(12), noon);
      calendar.anchor(stamp, noon + at(0, 1));
      assert.equal(calendar.toEpoch(stamp), noon + at(0, 1));
    });
  }

  for (const set of [-HOUR, HOUR, -26 * HOUR, 11 * HOUR]) {
    it(`by ${set / HOUR} hours, goes on evenly from the first record that was written then`, () => {
      const clock = new LogClock();
      const stamp = (time: number): number => ((time % DAY) + DAY) % DAY;
      clock.read(at(0, 30));
      // All of them are read at once, just after the clock was set.
      const reading = { now: at(0, 31) + 100, set };
      assert.equal(clock.read(at(0, 31), reading), at(0, 31));
      assert.equal(clock.read(stamp(at(0, 31) + 50 + set), reading), at(0, 31) + 50);
      assert.equal(clock.read(stamp(at(0, 31) + 60 + set), reading), at(0, 31) + 60);
      const later = { now: at(2) + 100, set };
      assert.equal(clock.read(stamp(at(2) + set), later), at(2));
      assert.equal(clock.wall, at(2));
    });
  }

  it('is not believed to be, when only the clock of this computer was set and another one writes the log', () => {
    const clock = new LogClock();
    clock.read(at(12));
    assert.equal(clock.read(at(12, 1), { now: at(12, 1) + 100, set: HOUR }), at(12, 1));
    assert.equal(clock.read(at(12, 2), { now: at(12, 2) + 100, set: HOUR }), at(12, 2));
  });

  it('is known to be by how far the clock of this computer was set since the date was found', () => {
    const calendar = new LogCalendar();
    assert.equal(calendar.reading(noon, 0), undefined);
    calendar.anchor(at(13), noon, HOUR);
    assert.equal(calendar.toEpoch(at(13, 1)), noon + at(0, 1));
    assert.deepEqual(calendar.reading(noon + at(0, 1), 3 * HOUR), { now: at(13, 1), set: 2 * HOUR });
  });

  it('does not take a record that is late for one', () => {
    const calendar = new LogCalendar();
    calendar.anchor(at(12), noon);
    calendar.anchor(at(12, 1), noon + at(0, 8));
    assert.equal(calendar.toEpoch(at(12, 1)), noon + at(0, 1));
  });
});
