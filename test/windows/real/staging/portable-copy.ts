import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { microsipFiles, type MicrosipFiles } from '../../../../src/microsip/microsip-files';

/** What MicroSIP needs beside its program. A language pack would translate texts that tests read. */
const NEEDED = new Set(['.dll', '.wav']);

export interface PortableCopy extends MicrosipFiles {
  program: string;
  /** Takes it all away, when nothing runs in it any more. */
  remove(): void;
}

/** Copies a MicroSIP into a folder of its own, where it is portable and has nobody's settings, calls or contacts. */
export function portableCopy(program: string, ini: Buffer): PortableCopy {
  // Without a dot: MicroSIP 3.22.16 renames its log at the first dot of the whole path.
  const root = mkdtempSync(join(tmpdir(), 'microsip-'));
  const folder = join(root, 'Desk Phone');
  mkdirSync(folder);
  for (const file of readdirSync(dirname(program))) {
    const from = join(dirname(program), file);
    if (NEEDED.has(extname(file).toLowerCase()) && statSync(from).isFile()) copyFileSync(from, join(folder, file));
  }
  const copied = join(folder, basename(program));
  copyFileSync(program, copied);
  const files = microsipFiles(copied, undefined);
  writeFileSync(files.ini, ini);
  return {
    ...files,
    program: copied,
    remove: () => {
      try {
        rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
      } catch (error) {
        // A program that dies slowly may still sit in it: that is no fault of what was tested.
        console.log(`      left behind: ${root} (${error instanceof Error ? error.message : String(error)})`);
      }
    },
  };
}
