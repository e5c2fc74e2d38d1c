import type { MicrosipWindow } from '../../../../src/win32/peer-window';
import assert from 'node:assert/strict';
import { systemClock } from '../../../../src/clock';
import { StatusObserver } from '../../../../src/observers/status/status-observer';
import type { Observation } from '../../../../src/phone/ports/observation';
import type { ObserverHost } from '../../../../src/phone/ports/observer';
import { hostOf } from '../../../support/observer-host';
import type { DocumentedState, WindowSnapshot } from '../../../../src/microsip/window-snapshot';

let lastPid = 9000;

/** A peer that says what a test wants. */
class FakePeer implements MicrosipWindow {
  snapshot: WindowSnapshot | undefined;
  now = 1000;
  looks = 0;
  pid = (lastPid += 1);
  private listener: ((snapshot: WindowSnapshot) => void) | undefined;
  private shown: Partial<WindowSnapshot> = {};

  says(status: number, number?: string): void {
    const documented: DocumentedState = { status, ...(number !== undefined && { number }) };
    this.show({ presence: 'ready', documented });
  }
  show(shown: Partial<WindowSnapshot>): void {
    this.now += 100;
    this.shown = { pid: this.pid, startedAt: 1, ...shown };
    this.tell();
  }
  start(): Promise<void> {
    this.tell();
    return Promise.resolve();
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
  deliver(): Promise<void> {
    return Promise.resolve();
  }
  refresh(): Promise<boolean> {
    this.looks += 1;
    return Promise.resolve(true);
  }
  onSnapshot(listener: (snapshot: WindowSnapshot) => void): () => void {
    this.listener = listener;
    return () => {
      this.listener = undefined;
    };
  }
  private tell(): void {
    this.snapshot = { time: this.now, presence: 'absent', rings: [], ...this.shown };
    this.listener?.(this.snapshot);
  }
}

describe('status observer', () => {
  let peer: FakePeer;
  let observer: StatusObserver;
  let seen: Observation[];

  beforeEach(() => {
    peer = new FakePeer();
    seen = [];
    observer = new StatusObserver(peer);
  });
  afterEach(() => observer.stop());

  const start = (more?: Partial<ObserverHost>): Promise<void> =>
    observer.start(
      hostOf((observation) => seen.push(observation), { clock: { ...systemClock, now: () => peer.now }, ...more }),
    );
  const dialled = (number: string): void => {
    observer.note({ type: 'dial_sent', time: peer.now, callId: 'id', number });
  };
  const words = (): string[] =>
    seen.map((one) => {
      if (one.type === 'presence') return `${one.source} ${one.presence} ${one.problem ?? ''}`.trim();
      return one.type === 'call' ? `${one.source} ${one.state}` : one.type;
    });

  it('tells whether the peer is there, and its calls, as the status', async () => {
    await start();
    peer.says(0);
    peer.says(1, '123');
    peer.show({ presence: 'hung', documented: { status: 1 } });
    peer.says(2, '123');
    peer.says(0);
    assert.deepEqual(words(), [
      'status absent',
      'status ready',
      'status ringing',
      'status hung',
      'status ready',
      'status connected',
      'call_ended',
    ]);
  });

  it('leaves the ends of calls to others when the peer goes', async () => {
    peer.says(2);
    await start();
    peer.show({ presence: 'absent', problem: 'not_running' });
    peer.says(2);
    assert.deepEqual(words(), [
      'status ready',
      'status connected',
      'status absent not_running',
      'status ready',
      'status connected',
    ]);
    const [first, second] = seen.filter((one) => one.type === 'call');
    assert.notEqual(first?.key, second?.key);
  });

  it('tells another process from the first, also when nobody saw that go', async () => {
    peer.says(0);
    await start();
    peer.pid = lastPid += 1;
    peer.says(0);
    assert.deepEqual(words(), ['status ready', 'status absent not_running', 'status ready']);
  });

  it('makes an outbound call of a dial', async () => {
    peer.says(0);
    await start();
    dialled('+49301');
    peer.says(1);
    const calls = seen.filter((one) => one.type === 'call');
    assert.deepEqual(
      calls.map(({ direction, state, facts }) => [direction, state, facts.number]),
      [
        ['outbound', 'dialing', '+49301'],
        ['outbound', 'alerting', '+49301'],
      ],
    );
  });

  it('does not wait for the call of a dial that was taken back', async () => {
    peer.says(0);
    await start();
    dialled('1');
    observer.note({ type: 'hangup_sent', time: peer.now, callId: 'id' });
    peer.says(0);
    assert.equal(seen.at(-1)?.type, 'call_ended');
  });

  it('looks again by itself when a dial has to be given up', async () => {
    peer.says(0);
    await start();
    dialled('1');
    peer.now += 2995;
    await observer.refresh();
    assert.equal(seen.at(-1)?.type, 'call');
    const { looks } = peer;
    peer.now += 10;
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(peer.looks, looks + 1);
    assert.equal(seen.at(-1)?.type, 'call_ended');
  });

  it('keeps the key of a call that goes on while nobody observes', async () => {
    peer.says(2, '123');
    await start();
    const left = observer.memory();
    await observer.stop();
    observer = new StatusObserver(peer);
    await start({ remembered: (name) => left[name] });
    const [first, second] = seen.filter((one) => one.type === 'call');
    assert.ok(first);
    assert.equal(first.key, second?.key);
  });

  it('reports nothing once it is stopped', async () => {
    await start();
    await observer.stop();
    peer.says(1);
    dialled('1');
    assert.deepEqual(words(), ['status absent']);
  });
});
