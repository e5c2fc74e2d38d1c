import { randomBytes } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface Rights {
  mode: number;
  /** Of the file that it is to replace, where there is one. */
  owner?: { uid: number; gid: number };
}

/** Behind the name of the file that it is for: the process that made it, and what nobody can know before. */
const NAME = /^\.([0-9]{1,10})-[0-9a-f]{16}\.tmp$/;

/**
 * Writes a new file beside another one, through no link that waits at its name, and takes it away again when it has not
 * been moved to its place.
 */
export async function withTemporaryFile<T>(
  beside: string,
  content: Buffer,
  rights: Rights,
  use: (fresh: string) => Promise<T>,
): Promise<T> {
  const fresh = `${beside}.${process.pid}-${randomBytes(8).toString('hex')}.tmp`;
  const file = await open(fresh, 'wx', rights.mode);
  try {
    try {
      await file.writeFile(content);
      if (rights.owner) await file.chown(rights.owner.uid, rights.owner.gid).catch(() => undefined);
      await file.chmod(rights.mode);
      await file.sync();
    } finally {
      await file.close();
    }
    return await use(fresh);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Takes away what a doctor that was ended in the middle of its work left beside this file. */
export async function clearLeftOvers(beside: string): Promise<void> {
  const folder = dirname(beside);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(basename(beside)))) {
    const [, pid] = NAME.exec(name.slice(basename(beside).length)) ?? [];
    if (pid !== undefined && !lives(Number(pid))) await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

function lives(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
