import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readRegularFile } from '../../files/regular-file';
import type { Reader } from '../../messages/json-reader';
import { replaceFile } from '../../observers/history/database/shared-file';
import { SerialQueue } from '../../serial-queue';

/** Bytes */
const LONGEST = 1_000_000;

/** A small value that survives a restart. A disk that is full or slow costs only that. */
export class KeptJson<T> {
  private readonly queue = new SerialQueue();
  private next: T | undefined;

  constructor(
    private readonly path: string,
    private readonly read: Reader<T>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** @returns undefined when nothing was kept, or nothing that can be read */
  async load(): Promise<T | undefined> {
    try {
      return this.read(JSON.parse((await readRegularFile(this.path, LONGEST)).toString()));
    } catch {
      return undefined;
    }
  }

  /** Written as soon as what is being written is: the newest value, and none in between. */
  save(value: T): void {
    const waits = this.next !== undefined;
    this.next = value;
    if (!waits) void this.queue.run(() => this.write());
  }

  /** Resolves when all is written. */
  async saved(): Promise<void> {
    await this.queue.run(() => Promise.resolve());
  }

  private async write(): Promise<void> {
    const value = this.next;
    this.next = undefined;
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      await replaceFile(this.path, `${JSON.stringify(value)}\n`);
    } catch (error) {
      this.onFailure(error);
    }
  }
}
