import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { taskFile } from './task-xml';

/** ms */
const PATIENCE = 30_000;

/** Windows' Task Scheduler, as far as it is needed. What it says is in the language of Windows; only its exit codes count. */
export interface TaskScheduler {
  /** In the place of one of the same name. @throws SchedulerError */
  create(name: string, xml: string): Promise<void>;
  start(name: string): Promise<void>;
  /** Also when it does not run. */
  stop(name: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Its XML; undefined when there is no such task. */
  find(name: string): Promise<string | undefined>;
}

export class SchedulerError extends Error {
  override readonly name = 'SchedulerError';
}

/** @param run gives the output of `schtasks` with these arguments */
export function taskScheduler(run: (args: readonly string[]) => Promise<string> = schtasks): TaskScheduler {
  return {
    async create(name, xml) {
      const folder = await mkdtemp(join(tmpdir(), 'microsip-agent-'));
      try {
        const file = join(folder, 'task.xml');
        await writeFile(file, taskFile(xml));
        await run(['/Create', '/TN', name, '/XML', file, '/F']);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async start(name) {
      await run(['/Run', '/TN', name]);
    },
    async stop(name) {
      await run(['/End', '/TN', name]).catch(() => undefined);
    },
    async remove(name) {
      await run(['/Delete', '/TN', name, '/F']);
    },
    find: (name) => run(['/Query', '/TN', name, '/XML']).catch(() => undefined),
  };
}

function schtasks(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('schtasks.exe', [...args], { timeout: PATIENCE, windowsHide: true }, (error, output, complaint) => {
      if (!error) resolve(output);
      else reject(new SchedulerError(complaint.trim().replace(/\s+/g, ' ') || String(error.code)));
    });
  });
}
