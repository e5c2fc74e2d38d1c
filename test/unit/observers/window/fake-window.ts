import type { Encoded, MicrosipWindow } from '../../../../src/win32/peer-window';
import type { WindowSnapshot } from '../../../../src/microsip/window-snapshot';
import { snapshot, type Shown } from './snapshots';

let lastPid = 100;

/** A window that shows what a test wants, at the time that the test wants. */
export class FakeWindow implements MicrosipWindow {
  snapshot: WindowSnapshot | undefined;
  now = 1000;
  looks = 0;
  started = false;
  answers = true;
  readonly delivered: [Encoded, number][] = [];
  readonly listeners = new Set<(snapshot: WindowSnapshot) => void>();
  failure: Error | undefined;
  /** Of its own, since calls are remembered by it. */
  private readonly pid = (lastPid += 1);

  constructor(private shown: Shown = {}) {}

  /** Shows something else and tells the listeners. */
  show(shown: Shown, after = 100): void {
    this.now += after;
    this.shown = shown;
    if (this.started) this.tell();
  }

  start(): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.started = true;
    this.tell();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.started = false;
    this.snapshot = undefined;
    return Promise.resolve();
  }

  deliver(encoded: Encoded, timeout: number): Promise<void> {
    this.delivered.push([encoded, timeout]);
    return Promise.resolve();
  }

  refresh(): Promise<boolean> {
    this.looks += 1;
    return Promise.resolve(this.answers && this.started);
  }

  onSnapshot(listener: (snapshot: WindowSnapshot) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tell(): void {
    this.snapshot = snapshot({ pid: this.pid, ...this.shown }, this.now);
    for (const listener of this.listeners) listener(this.snapshot);
  }
}
