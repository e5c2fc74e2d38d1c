import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Clock } from '../../clock';

export interface WatchTimes {
  /** ms between two looks when nothing is heard from the folder */
  poll: number;
  /** ms in which the many changes that one write makes are taken for one */
  gather: number;
}

/**
 * Says when it is worth looking at a file: when the folder tells of a change, and now and then anyway, because changes
 * on a network share, or to a file that MicroSIP keeps open, may come late or not at all.
 */
export class HistoryWatch {
  private watcher: FSWatcher | undefined;
  private stopTicking: (() => void) | undefined;
  private stopGathering: (() => void) | undefined;

  /**
   * @param paths files in one folder
   * @param onLook must not throw
   */
  constructor(
    private readonly paths: readonly string[],
    private readonly onLook: () => void,
    private readonly times: WatchTimes,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.tick();
    this.watchFolder();
  }

  stop(): void {
    this.stopTicking?.();
    this.stopGathering?.();
    this.stopGathering = undefined;
    this.unwatchFolder();
  }

  private tick(): void {
    this.stopTicking = this.clock.after(this.times.poll, () => {
      this.tick();
      this.watchFolder();
      this.onLook();
    });
  }

  private watchFolder(): void {
    if (this.watcher) return;
    const names = this.paths.map((path) => basename(path).toLowerCase());
    try {
      this.watcher = watch(dirname(this.paths[0] ?? '.'), { persistent: false }, (_event, name) => {
        const changed = name?.toLowerCase();
        // A journal comes and goes with every write, so its name begins with that of the file.
        if (changed === undefined || names.some((one) => changed.startsWith(one))) this.gather();
      });
      // The folder was deleted, or the share is gone.
      this.watcher.on('error', () => {
        this.unwatchFolder();
      });
    } catch {
      // No such folder yet, or no way to watch it: the next tick tries again.
    }
  }

  private unwatchFolder(): void {
    this.watcher?.close();
    this.watcher = undefined;
  }

  private gather(): void {
    this.stopGathering ??= this.clock.after(this.times.gather, () => {
      this.stopGathering = undefined;
      this.onLook();
    });
  }
}
