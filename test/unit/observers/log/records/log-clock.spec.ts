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

  it('does not take a record that is late for one', () => {
    const calendar = new LogCalendar();
    calendar.anchor(at(12), noon);
    calendar.anchor(at(12, 1), noon + at(0, 8));
    assert.equal(calendar.toEpoch(at(12, 1)), noon + at(0, 1));
  });
});
