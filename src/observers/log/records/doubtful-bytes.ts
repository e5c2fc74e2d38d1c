import { RECORD_LIMIT } from './record-end';
import { dumpOf, headAt } from './record-head';
import { mayFollow } from './record-stamp';

/**
 * Where a dump is not as long as pjsip announced, nobody can tell where it ends: what looks like its end mark, and the
 * records behind that, may be the work of whoever sent it. So nothing that begins before the announced end is a record.
 *
 * A true record may lie across that end, with foreign text of its own. Its first line is somewhere in front, so every line
 * there that would begin a dump moves the end behind that dump.
 */
export class DoubtfulBytes {
  private until = 0;
  private stamp = 0;

  /** @param until position behind the last byte that is in doubt @param stamp of the record that brought the doubt */
  begin(until: number, stamp: number): void {
    this.extend(until);
    this.stamp = stamp;
  }

  /** @param position behind the last byte that is in doubt as well */
  extend(position: number): void {
    this.until = Math.max(this.until, position);
  }

  covers(position: number): boolean {
    return position < this.until;
  }

  /** A line in doubt. */
  pass(bytes: Buffer, start: number, lineFeed: number): void {
    this.extend(reachOf(bytes, start, lineFeed, this.stamp));
  }

  /** This many bytes were read. */
  shift(by: number): void {
    this.until = Math.max(0, this.until - by);
  }

  end(): void {
    this.until = 0;
  }
}

/** How far the dumps reach that seem to begin on the lines from here to `until`. */
export function reachWithin(bytes: Buffer, from: number, until: number, stamp: number): number {
  let reach = until;
  let start = from;
  while (start < until) {
    const lineFeed = bytes.indexOf(0x0a, start);
    if (lineFeed < 0) break;
    reach = Math.max(reach, reachOf(bytes, start, lineFeed, stamp));
    start = lineFeed + 1;
  }
  return reach;
}

/** No record is longer than the limit, whatever it announces. */
function reachOf(bytes: Buffer, start: number, lineFeed: number, stamp: number): number {
  const head = headAt(bytes, start, lineFeed);
  const dump = head && mayFollow(stamp, head.stamp) ? dumpOf(head) : undefined;
  return dump ? Math.min(start + RECORD_LIMIT, dump.from + (dump.length ?? RECORD_LIMIT)) : 0;
}
