import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** An agent that runs on this computer, as it says itself. */
export interface RunningRecord {
  pid: number;
  /** ISO 8601, UTC */
  since: string;
  version: string;
  config: string;
}

function pathOf(directory: string, config: string): string {
  const name = createHash('sha256').update(config).digest('hex').slice(0, 16);
  return join(directory, 'microsip-agent', `${name}.json`);
}

/** @returns what takes it away again */
export function writeRecord(directory: string, record: RunningRecord): () => void {
  const path = pathOf(directory, record.config);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, JSON.stringify(record), { mode: 0o600 });
  } catch {
    // Only `status` misses it.
    return () => undefined;
  }
  return () => {
    if (readRecord(directory, record.config)?.pid === record.pid) rmSync(path, { force: true });
  };
}

/** The one of an agent that is still there. */
export function readRecord(directory: string, config: string): RunningRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(pathOf(directory, config), 'utf8')) as RunningRecord;
    return typeof record.pid === 'number' && isAlive(record.pid) ? record : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
