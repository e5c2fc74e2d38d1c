import { fstat, read, type BigIntStats, type Stats } from 'node:fs';
import { stat, type FileHandle } from 'node:fs/promises';
import { openRegularFile } from '../../files/regular-file';
import { systemClock, type Clock } from '../../clock';
import { withinTime } from '../../within-time';

export interface LogSink {
  /** The log is written anew: what came before is over. */
  restarted(): void;
  /**
   * @param bytes only valid during the call
   * @param old was there when the log was found, and is read only to learn how things stand
   */
  bytes(bytes: Buffer, old: boolean): void;
  /** All that was old has been read. @param modified when the log was last written, ms since 1970, as the file says */
  caughtUp(modified: number): void;
  /** Looked, and nothing new was there. */
  quiet(): void;
}

/** Between two looks at the open file, ms, while it is written and after: a line has to be a message within 100 ms. */
const POLL = 40;
const POLL_IDLE = 75;
/** Between two looks for a log that is not there, ms. */
const POLL_MISSING = 120;
const IDLE_AFTER = 2_000;
/** Between two looks whether the name stands for another file by now, ms. */
const LOOK_BY_NAME = 250;
const LOOK_BY_NAME_IDLE = 1_000;
const CHUNK = 256 * 1024;
/** Bytes at the beginning that tell one run of MicroSIP from the next: the stamp of the first record is in them. */
const HEAD = 64;
/** A log that has grown to this size before it was found has a past that is not to be reported. */
const OLD_SIZE = 256 * 1024;
/** A share may keep an operation waiting; nobody waits for it longer than this, ms. */
const LONGEST_STOP = 1_000;

/**
 * Reads a log while MicroSIP writes it. MicroSIP empties or renames it at each start (docs/microsip/interface.md#5,
 * docs/microsip/3.22.16.md#4); on NTFS change notifications and the entry in the folder lag behind while a program
 * writes, so the open file itself is asked for its size. Node opens files for shared reading, writing and deleting:
 * MicroSIP is not in any way kept from emptying, renaming or removing its log.
 */
export class LogFollower {
  private handle: FileHandle | undefined;
  private identity = '';
  private offset = 0;
  private head: Buffer = Buffer.alloc(0);
  private modified = 0;
  /** What is being read was there when the log was found. */
  private old = true;
  private found = false;
  /** The last byte that was read. */
  private last = -1;
  private readonly probe = Buffer.alloc(2);
  private readonly chunk = Buffer.allocUnsafeSlow(CHUNK);
  private clock: Clock = systemClock;
  private cancelTimer: (() => void) | undefined;
  private looking: Promise<void> | undefined;
  private lookedByName = -Infinity;
  private lastRead = -Infinity;
  private stopped = false;

  constructor(
    private readonly path: string,
    private readonly sink: LogSink,
  ) {}

  /** Resolves when all that is there has been read. */
  async start(clock: Clock): Promise<void> {
    this.clock = clock;
    await this.look();
    // A log that comes into being from now on has no past.
    if (!this.found) this.old = false;
    this.schedule();
  }

  /** Looks now; resolves when all that was there has been read. Never rejects. */
  look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  /** As `look`, from the beginning: what is there when this is called has been read when it resolves. */
  async lookAnew(): Promise<void> {
    await this.look();
    this.lookedByName = -Infinity;
    await this.look();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelTimer?.();
    await withinTime(
      (this.looking ?? Promise.resolve()).then(() => this.close()),
      LONGEST_STOP,
      { clock: this.clock },
    );
  }

  private schedule(): void {
    if (this.stopped) return;
    this.cancelTimer = this.clock.after(this.interval, () => {
      void this.poll().then(() => {
        this.schedule();
      });
    });
  }

  private poll(): Promise<void> {
    const { handle, offset } = this;
    if (this.looking || !handle || offset === 0 || this.isNameDue) return this.look();
    this.looking = this.lookAtEnd(handle, offset).finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  /** Most looks find nothing: then the byte that was read last is still the last one, which is cheaply asked. */
  private async lookAtEnd(handle: FileHandle, offset: number): Promise<void> {
    try {
      const bytesRead = await this.readProbe(handle, offset - 1);
      if (bytesRead === 1 && this.probe[0] === this.last) {
        this.quiet();
        return;
      }
    } catch {
      // A whole look knows what to do about it.
    }
    await this.lookOnce();
  }

  private readProbe(handle: FileHandle, at: number): Promise<number> {
    return new Promise((resolve, reject) => {
      read(handle.fd, this.probe, 0, this.probe.length, at, (error, bytesRead) => {
        if (error) reject(error);
        else resolve(bytesRead);
      });
    });
  }

  private get interval(): number {
    if (!this.handle) return POLL_MISSING;
    return this.isIdle ? POLL_IDLE : POLL;
  }

  private get isIdle(): boolean {
    return this.clock.monotonic() - this.lastRead > IDLE_AFTER;
  }

  private get isNameDue(): boolean {
    return this.clock.monotonic() - this.lookedByName >= (this.isIdle ? LOOK_BY_NAME_IDLE : LOOK_BY_NAME);
  }

  private async lookOnce(): Promise<void> {
    try {
      const handle = this.handle ?? (await this.find());
      if (!handle) return;
      await this.readNew(handle);
      await this.lookByName();
    } catch {
      // A share that is gone, a file that may not be read: try again from where we are when it is back.
      await this.close();
    }
  }

  private async find(): Promise<FileHandle | undefined> {
    const before = await identityOf(this.path);
    if (before === undefined) return undefined;
    this.found = true;
    const handle = await openRegularFile(this.path);
    this.handle = handle;
    const after = await identityOf(this.path);
    if (before !== after) {
      await this.close();
      return undefined;
    }
    if (this.identity !== '' && this.identity !== before) this.restart();
    if (this.offset === 0 && (await statsOf(handle)).size > OLD_SIZE) this.old = true;
    this.identity = before;
    return handle;
  }

  private async readNew(handle: FileHandle): Promise<void> {
    let { size, mtimeMs } = await statsOf(handle);
    if (size < this.offset) this.restart();
    if (size === this.offset && mtimeMs === this.modified) {
      this.quiet();
      return;
    }
    while (!this.stopped) {
      const { bytesRead } = await handle.read(this.chunk, 0, CHUNK, this.offset);
      // A quick restart may have outgrown the place where we were; what was read then is out of the middle of another
      // run. What is old is not reported, so there it is enough to look at the end.
      const isLast = this.offset + bytesRead >= size;
      if ((isLast || !this.old) && !(await this.hasSameHead(handle))) {
        this.restart();
        continue;
      }
      this.modified = mtimeMs;
      if (bytesRead === 0) break;
      this.offset += bytesRead;
      this.last = this.chunk[bytesRead - 1] ?? -1;
      this.lastRead = this.clock.monotonic();
      this.sink.bytes(this.chunk.subarray(0, bytesRead), this.old);
      if (this.offset >= size) {
        ({ size, mtimeMs } = await statsOf(handle));
        if (this.offset >= size) break;
      }
    }
    if (this.old) {
      this.old = false;
      this.sink.caughtUp(this.modified);
    }
  }

  private async hasSameHead(handle: FileHandle): Promise<boolean> {
    const now = Buffer.alloc(HEAD);
    const { bytesRead } = await handle.read(now, 0, HEAD, 0);
    const same = bytesRead >= this.head.length && now.subarray(0, this.head.length).equals(this.head);
    if (same) this.head = now.subarray(0, bytesRead);
    return same;
  }

  /** In 3.22.16 the open file is renamed at the start and a new one takes its name. */
  private async lookByName(): Promise<void> {
    if (!this.isNameDue) return;
    this.lookedByName = this.clock.monotonic();
    const identity = await identityOf(this.path);
    if (identity === this.identity || !this.handle) return;
    await this.readNew(this.handle);
    await this.close();
    // A removed file goes only when nobody has it open; what comes back under its name is looked at again.
    if (identity === undefined) return;
    this.restart();
    this.identity = '';
    const handle = await this.find();
    if (handle) await this.readNew(handle);
  }

  private restart(): void {
    this.offset = 0;
    this.head = Buffer.alloc(0);
    this.modified = 0;
    this.old = false;
    this.sink.restarted();
  }

  private quiet(): void {
    if (this.old) {
      this.old = false;
      this.sink.caughtUp(this.modified);
    } else this.sink.quiet();
  }

  private async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close().catch(() => undefined);
  }
}

/** Costs half of what `handle.stat()` does, and it is done all the time. */
function statsOf(handle: FileHandle): Promise<Stats> {
  return new Promise((resolve, reject) => {
    fstat(handle.fd, (error, stats) => {
      if (error) reject(error);
      else resolve(stats);
    });
  });
}

/** Which file a name stands for; undefined when there is none that can be read. */
async function identityOf(path: string): Promise<string | undefined> {
  const stats: BigIntStats | undefined = await stat(path, { bigint: true }).catch(() => undefined);
  if (!stats?.isFile()) return undefined;
  // Some file systems number nothing; then the time of creation has to do.
  return stats.ino === 0n ? `born ${stats.birthtimeNs}` : `${stats.dev}:${stats.ino}`;
}
