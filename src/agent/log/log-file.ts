import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes of each of the two files. */
const LONGEST_FILE = 5 * 1024 * 1024;

/**
 * Writes lines to a file. When it would get too long, it is named `….1` in the place of the one before, and a new one is
 * begun. Opened for each line, so that people may take it away, also on Windows; what cannot be written is lost.
 */
export class LogFile {
  private size: number | undefined;

  constructor(
    private readonly path: string,
    private readonly longest = LONGEST_FILE,
  ) {}

  /** Whether it can be written at all. @throws an error of Node.js */
  probe(): void {
    mkdirSync(dirname(this.path), { recursive: true });
    this.append('');
  }

  write(line: string): void {
    try {
      const text = `${line}\n`;
      if (this.sizeNow() + Buffer.byteLength(text) > this.longest) this.turn();
      this.append(text);
    } catch {
      // Somebody reads it, the disk is full: the phones go on.
      this.size = undefined;
    }
  }

  private sizeNow(): number {
    this.size ??= statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    return this.size;
  }

  private turn(): void {
    renameSync(this.path, `${this.path}.1`);
    this.size = 0;
  }

  private append(text: string): void {
    appendFileSync(this.path, text, { mode: 0o600 });
    if (this.size !== undefined) this.size += Buffer.byteLength(text);
  }
}
