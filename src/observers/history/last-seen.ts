import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { FileRefusedError, readRegularFile } from '../../files/regular-file';
import { alone, replaceFile } from './database/shared-file';

/** An id within the history, and the key that goes with it. */
export type Seen = readonly [id: number, key: string];

/** How far a call history has been told. */
export interface LastSeen {
  /** All rows up to this id have been told or are in `open`. */
  id: number;
  /** Of the row with this id; empty when there is none. */
  key: string;
  /** When the newest of them was made, in seconds since 1970. */
  time: number;
  /** Calls that had not ended yet. */
  open: readonly Seen[];
  /** The calls that were told last, the newest at the end; id 0 when the row has not been seen. */
  done: readonly Seen[];
}

interface Entry extends LastSeen {
  /** Milliseconds since 1970. */
  savedAt: number;
}

const FILE = 'microsip-call-history.json';
const MOST_ENTRIES = 50;
/** Bytes; as many entries as there may be, with as many calls as they may have. */
const LARGEST = 16_000_000;

const files = new Map<string, LastSeenFile>();

/** There is one object per file, so that phones that share a directory write it in turn. */
export function lastSeenFile(directory: string): LastSeenFile {
  const path = resolve(directory, FILE);
  const file = files.get(path) ?? new LastSeenFile(path);
  files.set(path, file);
  return file;
}

/**
 * Keeps over restarts how far each call history has been told: a small JSON file that is replaced in one step. Other
 * programs may keep their entries in it, so all of it is read again before it is written.
 */
export class LastSeenFile {
  /** What is to be written, or could not be. */
  private readonly unsaved = new Map<string, Entry>();
  private lastWrite: Promise<unknown> = Promise.resolve();
  /** The write that has not begun and so takes in everything that is set until then. */
  private nextWrite: Promise<void> | undefined;

  constructor(readonly path: string) {}

  /** @returns undefined when nothing was kept, also when the file is damaged or cannot be read */
  async load(name: string): Promise<LastSeen | undefined> {
    await this.lastWrite;
    return this.unsaved.get(name) ?? (await readEntries(this.path).catch(() => undefined))?.get(name);
  }

  /**
   * Resolves when it is on the disk.
   * @throws Error when it cannot be written; then it is kept only as long as the program runs
   */
  async save(name: string, lastSeen: LastSeen): Promise<void> {
    this.unsaved.set(name, { ...lastSeen, savedAt: Date.now() });
    this.nextWrite ??= this.write();
    await this.nextWrite;
  }

  private async write(): Promise<void> {
    await this.lastWrite;
    this.nextWrite = undefined;
    const write = this.writeAll();
    this.lastWrite = write.catch(() => undefined);
    await write;
  }

  private async writeAll(): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    await alone(this.path, async () => {
      const ours = [...this.unsaved];
      const entries = new Map([...(await readEntries(this.path)), ...ours]);
      const newest = [...entries].sort(([, a], [, b]) => b.savedAt - a.savedAt).slice(0, MOST_ENTRIES);
      const text = JSON.stringify({ entries: Object.fromEntries(newest) });
      if (text.length > LARGEST) throw new FileRefusedError('too_large', this.path);
      await replaceFile(this.path, text);
      for (const [name, entry] of ours) if (this.unsaved.get(name) === entry) this.unsaved.delete(name);
    });
  }
}

/**
 * A file that is damaged has no entries.
 * @throws FileRefusedError, and what the file system throws: whatever is there must not be replaced then
 */
async function readEntries(path: string): Promise<Map<string, Entry>> {
  let text: string;
  try {
    text = (await readRegularFile(path, LARGEST)).toString();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return new Map();
  }
  try {
    const content: unknown = JSON.parse(text);
    const entries: unknown = isObject(content) ? content['entries'] : undefined;
    return new Map(Object.entries(isObject(entries) ? entries : {}).filter((e): e is [string, Entry] => isEntry(e[1])));
  } catch {
    return new Map();
  }
}

function isEntry(value: unknown): value is Entry {
  if (!isObject(value)) return false;
  const { id, key, time, savedAt, open: openCalls, done } = value;
  const numbers = [id, time, savedAt].every((n) => Number.isSafeInteger(n));
  return numbers && typeof key === 'string' && isSeenList(openCalls) && isSeenList(done);
}

function isSeenList(value: unknown): value is Seen[] {
  return Array.isArray(value) && value.every(isSeen);
}

function isSeen(value: unknown): value is Seen {
  return Array.isArray(value) && value.length === 2 && Number.isSafeInteger(value[0]) && typeof value[1] === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
