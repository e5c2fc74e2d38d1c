import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import { PhoneThread } from '../../../../src/win32/thread/phone-thread';
import { WindowSession, inspectWindow } from '../../../../src/win32/thread/window-session';
import type { WindowSnapshot } from '../../../../src/microsip/window-snapshot';

/** Answers as the real one does; the text of a command says what happens. */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
parentPort.postMessage({ type: 'running', threadId: 5 });
if (workerData.program === 'unable') {
  parentPort.postMessage({ type: 'unable', failure: { code: 'unsupported', key: 'error.unsupported.native_module', params: { why: 'x' } } });
} else if (workerData.program === 'broken') {
  throw new Error('no such thing');
} else if (workerData.program !== 'silent') {
  parentPort.postMessage({ type: 'snapshot', snapshot: { time: 1, presence: 'ready', rings: [] } });
}
parentPort.on('message', ({ id, encoded }) => {
  if (encoded?.text === 'die') process.exit(1);
  if (encoded?.text === 'ignore') return;
  if (encoded?.text === 'notify') parentPort.postMessage({ type: 'notification', taken: { event: 'idle' } });
  if (encoded?.text === 'hung') return parentPort.postMessage({ type: 'answer', id, failure: 'late' });
  const failure = encoded?.text === 'fail' ? { code: 'not_ready', key: 'error.not_ready.default', params: {} } : undefined;
  parentPort.postMessage({ type: 'answer', id, failure });
});
setInterval(() => { if (Atomics.load(new Int32Array(workerData.stop), 0) === 1) process.exit(0); }, 5);
`;

describe('thread of a phone', () => {
  let folder: string;
  let thread: PhoneThread;
  let snapshots: WindowSnapshot[];
  let woken: number[];
  let notifications: unknown[];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'phone-thread-'));
    writeFileSync(join(folder, 'worker.cjs'), WORKER);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await thread.stop();
  });

  function start(program = ''): void {
    snapshots = [];
    woken = [];
    notifications = [];
    thread = new PhoneThread({
      script: [join(folder, 'worker.cjs'), {}],
      window: { program, pollInterval: 250, timeout: 1000 },
      wake: (threadId) => woken.push(threadId),
      onSnapshot: (snapshot) => snapshots.push(snapshot),
      onNotification: (taken) => notifications.push(taken),
    });
  }
  const command = (text: string): Promise<void> => thread.ask({ do: 'deliver', encoded: { text }, deadline: 0 }, 300);

  it('passes notifications on', async () => {
    start();
    await thread.firstLooked();
    await command('notify');
    assert.deepEqual(notifications, [{ event: 'idle' }]);
  });

  it('is ready after the first look', async () => {
    start();
    await thread.firstLooked();
    assert.equal(snapshots.length, 1);
  });

  it('answers each request by itself, and is woken for it', async () => {
    start();
    await thread.firstLooked();
    const [good, bad] = await Promise.allSettled([command('x'), command('fail')]);
    assert.equal(good.status, 'fulfilled');
    assert.ok(bad.status === 'rejected');
    assert.equal((bad.reason as { code: string }).code, 'not_ready');
    assert.ok(woken.length >= 3 && woken.every((id) => id === 5));
  });

  it('a command that is not taken in time fails with how long it had, whoever noticed', async () => {
    const late = (timeout: number): object => {
      const { code, reason, params, message } = new PhoneError('timeout', 'default', { timeout });
      return { code, reason, params, message };
    };
    start();
    await thread.firstLooked();
    await assert.rejects(command('hung'), late(300));
    await assert.rejects(command('ignore'), late(300));
    const deadly = assert.rejects(command('die'), late(300));
    await assert.rejects(thread.ask({ do: 'deliver', encoded: { text: 'ignore' }, deadline: 0 }, 20_000), late(20_000));
    await deadly;
    await assert.rejects(command('x'), late(300));
  });

  it('is started again when it dies, and what was under way fails', async () => {
    start();
    await thread.firstLooked();
    const [waiting, deadly] = await Promise.allSettled([command('ignore'), command('die')]);
    for (const one of [waiting, deadly]) {
      assert.ok(one.status === 'rejected');
      assert.equal((one.reason as { code: string }).code, 'timeout');
    }
    await assert.rejects(command('x'), { code: 'timeout' });
    while (snapshots.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    await command('x');
  });

  it('what is under way when it is stopped fails with closed', async () => {
    start();
    await thread.firstLooked();
    const waiting = assert.rejects(command('ignore'), { code: 'closed' });
    await thread.stop();
    await waiting;
    await assert.rejects(command('x'), { code: 'closed' });
  });

  it('may be stopped before its first look', async () => {
    start('silent');
    const first = assert.rejects(thread.firstLooked(), { code: 'closed' });
    await thread.stop();
    await first;
  });

  it('says why it cannot work', async () => {
    start('unable');
    await assert.rejects(thread.firstLooked(), { code: 'unsupported', messageKey: 'error.unsupported.native_module' });
  });

  it('is not started over and over when it never worked', async () => {
    start('broken');
    await assert.rejects(thread.firstLooked(), { code: 'unsupported', params: { why: 'no such thing' } });
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(snapshots.length, 0);
  });

  it('leaves no listener on the process behind', async () => {
    const before = process.listenerCount('exit');
    start();
    await thread.firstLooked();
    await thread.stop();
    assert.equal(process.listenerCount('exit'), before);
  });
});

describe('window session on a computer without MicroSIP', () => {
  const options = { pollInterval: 250, timeout: 500 };

  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('says so, without loading anything', async () => {
    const session = new WindowSession(options);
    await assert.rejects(session.start(), { code: 'unsupported', messageKey: 'error.unsupported.not_windows' });
    await assert.rejects(session.deliver({ text: 'x' }, 100), { code: 'closed' });
    assert.equal(await session.refresh(), false);
    await session.stop();
    await assert.rejects(inspectWindow(options), { code: 'unsupported' });
    assert.ok(!Object.keys(require.cache).some((file) => /[\\/]koffi[\\/]/.test(file)));
  });
});
