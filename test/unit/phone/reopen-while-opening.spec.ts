import assert from 'node:assert/strict';
import { PhoneError } from '../../../src/phone/errors/phone-error';
import { LocalPhone } from '../../../src/phone/local-phone';
import type { Observer, ObserverHost } from '../../../src/phone/ports/observer';
import { StatusObserver } from '../../../src/observers/status/status-observer';
import { WindowObserver } from '../../../src/observers/window/window-observer';
import type { WindowSnapshot } from '../../../src/microsip/window-snapshot';
import type { MicrosipWindow } from '../../../src/win32/peer-window';
import { FakeClock } from '../../support/fake-clock';
import { countingIds } from '../../support/new-tracker';

const READY: WindowSnapshot = { time: 1, presence: 'ready', rings: [], pid: 7, startedAt: 5 };

/** A window whose thread takes its time for the first look, and fails whoever waits for it when it is stopped. */
class SlowWindow implements Pick<MicrosipWindow, 'start' | 'stop' | 'refresh' | 'onSnapshot' | 'snapshot'> {
  snapshot: WindowSnapshot | undefined;
  threads = 0;
  private thread: { looked: () => void; fail: (error: Error) => void; first: Promise<void> } | undefined;
  private readonly listeners = new Set<(snapshot: WindowSnapshot) => void>();

  start(): Promise<void> {
    if (!this.thread) {
      this.threads += 1;
      const { promise, resolve, reject } = withResolvers();
      this.thread = { first: promise, looked: resolve, fail: reject };
    }
    return this.thread.first;
  }
  stop(): Promise<void> {
    this.thread?.fail(new PhoneError('closed', 'closing'));
    this.thread = undefined;
    this.snapshot = undefined;
    return Promise.resolve();
  }
  refresh(): Promise<boolean> {
    return Promise.resolve(this.thread !== undefined);
  }
  onSnapshot(listener: (snapshot: WindowSnapshot) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  look(): void {
    if (!this.thread) return;
    this.snapshot = READY;
    for (const listener of this.listeners) listener(READY);
    this.thread.looked();
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve = (): void => undefined;
  let reject = (_error: Error): void => undefined;
  const promise = new Promise<void>((res, rej) => {
    [resolve, reject] = [res, rej];
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

class Counting implements Observer {
  running = 0;
  start(_host: ObserverHost): Promise<void> {
    this.running += 1;
    return Promise.resolve();
  }
  refresh(): Promise<void> {
    return Promise.resolve();
  }
  stop(): Promise<void> {
    this.running = 0;
    return Promise.resolve();
  }
}

const turns = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('a phone that is closed in the midst of its first look and opened again at once', () => {
  for (const [name, make] of Object.entries({
    window: (window: MicrosipWindow): Observer => new WindowObserver(window),
    status: (window: MicrosipWindow): Observer => new StatusObserver(window),
  })) {
    it(`is open, with the source ${name}`, async () => {
      const window = new SlowWindow();
      const other = new Counting();
      const phone = new LocalPhone(
        {
          source: name as 'window' | 'status',
          presence: name as 'window' | 'status',
          observers: [make(window as unknown as MicrosipWindow), other],
        },
        {
          timeout: 1000,
          rules: { allow: [], deny: [] },
          clock: new FakeClock(),
          nextCallId: countingIds(),
          sameNumber: (one, two) => one === two,
        },
      );
      const first = phone.open();
      const closed = phone.close();
      const second = phone.open();
      await assert.rejects(first, { code: 'closed' });
      await closed;
      await turns();
      window.look();
      await second;
      assert.equal(phone.snapshot().presence, 'ready');
      await phone.open();
      assert.equal(window.threads, 2);
      assert.equal(other.running, 1);
      await phone.close();
    });
  }
});
