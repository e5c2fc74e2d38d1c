import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

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
/** On Windows a virus scanner or a backup may hold the file for a moment. */
const HELD_BY_OTHERS = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** Milliseconds. */
const PAUSES = [20, 100, 500];

const files = new Map<string, LastSeenFile>();

/** There is one object per file, so phones that share a directory do not overwrite each other's entries. */
export function lastSeenFile(directory: string): LastSeenFile {
  const path = resolve(directory, FILE);
  const file = files.get(path) ?? new LastSeenFile(path);
  files.set(path, file);
  return file;
}

/** Keeps over restarts how far each call history has been told: a small JSON file that is replaced in one step. */
export class LastSeenFile {
  private entries: Promise<Map<string, Entry>> | undefined;
  private lastWrite: Promise<unknown> = Promise.resolve();
  /** The write that has not begun and so takes in everything that is set until then. */
  private nextWrite: Promise<void> | undefined;

  constructor(readonly path: string) {}

  /** @returns undefined when nothing was kept, also when the file is damaged or cannot be read */
  async load(name: string): Promise<LastSeen | undefined> {
    return (await this.all()).get(name);
  }

  /**
   * Resolves when it is on the disk.
   * @throws Error when it cannot be written; then it is kept only as long as the program runs
   */
  async save(name: string, lastSeen: LastSeen): Promise<void> {
    const entries = await this.all();
    entries.set(name, { ...lastSeen, savedAt: Date.now() });
    this.nextWrite ??= this.write(entries);
    await this.nextWrite;
  }

  private all(): Promise<Map<string, Entry>> {
    this.entries ??= readEntries(this.path);
    return this.entries;
  }

  private async write(entries: ReadonlyMap<string, Entry>): Promise<void> {
    await this.lastWrite;
    this.nextWrite = undefined;
    const newest = [...entries].sort(([, a], [, b]) => b.savedAt - a.savedAt).slice(0, MOST_ENTRIES);
    const write = replaceFile(this.path, JSON.stringify({ entries: Object.fromEntries(newest) }));
    this.lastWrite = write.catch(() => undefined);
    await write;
  }
}

/** Whoever reads the file, at whatever moment the program or the computer stops, finds the old text or the new one. */
async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.new`;
  const file = await open(unfinished, 'w');
  try {
    await file.writeFile(text);
    // Without this a power failure can leave the new name with none of the text.
    await file.sync();
  } finally {
    await file.close();
  }
  for (const pause of [...PAUSES, 0]) {
    try {
      await rename(unfinished, path);
      return;
    } catch (error) {
      if (pause === 0 || !HELD_BY_OTHERS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await sleep(pause);
    }
  }
}

async function readEntries(path: string): Promise<Map<string, Entry>> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
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
