import assert from 'node:assert/strict';
import { PresenceFromCalls } from '../../../src/observers/presence-from-calls';
import { RunningCopyObserver } from '../../../src/observers/running-copy-observer';
import type { Observation } from '../../../src/phone/ports/observation';
import { hostOf } from '../../support/observer-host';
import type { Observer } from '../../../src/phone/ports/observer';
import type { WindowSnapshot } from '../../../src/microsip/window-snapshot';

const CALL: Observation = {
  ...{ type: 'call', time: 5, source: 'hooks', key: 'k', direction: 'inbound', state: 'ringing', facts: {} },
};

class Window {
  snapshot: WindowSnapshot | undefined;
  private listener: ((snapshot: WindowSnapshot) => void) | undefined;

  onSnapshot(listener: (snapshot: WindowSnapshot) => void): () => void {
    this.listener = listener;
    return () => (this.listener = undefined);
  }

  shows(program: string): void {
    this.snapshot = { time: 1, presence: 'ready', rings: [], program };
    this.listener?.(this.snapshot);
  }

  get isWatched(): boolean {
    return this.listener !== undefined;
  }
}

describe('observer of the running copy', () => {
  let window: Window;
  let lives: string[];
  let seen: Observation[];
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  function observerOf(program: string): Observer {
    return {
      start: (host) => {
        lives.push(`+${program}`);
        host.report(CALL);
        return Promise.resolve();
      },
      refresh: () => Promise.resolve(),
      stop: () => {
        lives.push(`-${program}`);
        return Promise.resolve();
      },
    };
  }

  beforeEach(() => {
    window = new Window();
    lives = [];
    seen = [];
  });

  const watching = (program: string | undefined): RunningCopyObserver =>
    new RunningCopyObserver({ window, program, observe: (path) => [new PresenceFromCalls(observerOf(path))] });

  it('observes the usual copy until another one is seen running', async () => {
    const observer = watching('installed.exe');
    await observer.start(hostOf((one) => seen.push(one)));
    assert.deepEqual(lives, ['+installed.exe']);
    window.shows('INSTALLED.exe');
    window.shows('other.exe');
    await settled();
    await observer.refresh();
    assert.deepEqual(lives, ['+installed.exe', '-installed.exe', '+other.exe']);
    await observer.stop();
    assert.deepEqual(lives.at(-1), '-other.exe');
    assert.ok(!window.isWatched);
  });

  it('waits for a copy when none is known, and can be started again', async () => {
    const observer = watching(undefined);
    await observer.start(hostOf((one) => seen.push(one)));
    assert.deepEqual(lives, []);
    window.shows('a.exe');
    await settled();
    await observer.stop();
    await observer.start(hostOf((one) => seen.push(one)));
    assert.deepEqual(lives, ['+a.exe', '-a.exe', '+a.exe']);
    await observer.stop();
  });

  it('takes a call as a sign that MicroSIP is there', async () => {
    await watching('a.exe').start(hostOf((one) => seen.push(one)));
    assert.deepEqual(
      seen.map(({ type }) => type),
      ['presence', 'call'],
    );
  });
});
