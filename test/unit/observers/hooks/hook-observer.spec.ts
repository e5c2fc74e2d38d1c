import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../src/clock';
import { HookObserver, type HookObserverOptions } from '../../../../src/observers/hooks/hook-observer';
import { hookPipe } from '../../../../src/microsip/hook-pipe';
import { HookReceiver } from '../../../../src/observers/hooks/hook-receiver';
import type { Observation } from '../../../../src/phone/ports/observation';
import type { ObserverHost } from '../../../../src/phone/ports/observer';
import type { Call } from '../../../../src/phone/calls/call';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import { FakeClock } from '../../../support/fake-clock';
import { hostOf } from '../../../support/observer-host';

let folder: string;
let pipe: string;
let seen: Observation[];
let warnings: string[];
let observer: HookObserver | undefined;

function host(calls: readonly Call[] = []): ObserverHost {
  return hostOf((observation) => seen.push(observation), {
    problem: ({ messageKey }) => warnings.push(messageKey.replace('error.config.hooks_', '')),
    knownCalls: () => calls,
  });
}

async function observe(options: Partial<HookObserverOptions> = {}, calls?: readonly Call[]): Promise<HookObserver> {
  observer = new HookObserver({ pipe, ...options });
  await observer.start(host(calls));
  return observer;
}

function send(text: string | Buffer): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(pipe, () => {
      socket.write(text, () => {
        resolve(socket);
      });
    });
    socket.on('error', reject);
  });
}

const line = (event: string, parameter: string, time = Date.now()): string =>
  `${JSON.stringify({ event, time, parameter })}\n`;

async function until(condition: () => boolean): Promise<void> {
  for (let wait = 0; wait < 200 && !condition(); wait += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(condition());
}

describe('hook observer', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hook-'));
    pipe = join(folder, 'hook.sock');
    seen = [];
    warnings = [];
  });

  afterEach(async () => {
    await observer?.stop();
    observer = undefined;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('turns hooks into observations, with keys that never come again', async () => {
    const hooks = await observe();
    await send(line('cmdCallRing', '1001'));
    await until(() => seen.length === 1);
    await hooks.stop();
    await hooks.start(host());
    await send(line('cmdCallRing', '1001'));
    await until(() => seen.length === 2);
    const [first, second] = seen;
    assert.ok(first?.type === 'call' && second?.type === 'call');
    assert.deepEqual(
      [first.source, first.state, first.direction, first.facts],
      ['hooks', 'ringing', 'inbound', { number: '1001' }],
    );
    assert.match(first.key, /^hook:\d+$/);
    assert.notEqual(first.key, second.key);
  });

  it('has seen at the end of a second look what was handed over before it', async () => {
    const hooks = await observe();
    await send(line('cmdOutgoingCall', '1001'));
    await hooks.refresh();
    assert.equal(seen.length, 1);
  });

  it('takes a line in pieces and lets nobody who sends none hold it up', async () => {
    await observe();
    const silent = await send('');
    const socket = await send('{"event":"cmdCallRing",');
    socket.write('"parameter":"1001"}\n');
    await until(() => seen.length === 1);
    silent.destroy();
  });

  it('hears a hook although sixty-four others hold their connections open with a letter now and then', async () => {
    await observe();
    const slow = await Promise.all(Array.from({ length: 64 }, () => send('{')));
    const drip = setInterval(() => {
      for (const socket of slow) if (!socket.destroyed) socket.write(' ');
    }, 20);
    for (const socket of slow) socket.on('error', () => undefined);
    try {
      for (const number of ['1001', '1002', '1003']) await send(line('cmdCallRing', number));
      await until(() => seen.length === 3);
      const gone = (): boolean => slow.every(({ destroyed, closed }) => destroyed || closed);
      for (let wait = 0; wait < 1000 && !gone(); wait += 1) await new Promise((resolve) => setTimeout(resolve, 10));
      assert.ok(gone(), 'they are never closed');
    } finally {
      clearInterval(drip);
    }
  });

  it('hears a hook although a hundred others say that they wait for a trial of the doctor', async () => {
    await observe();
    const waiting = await Promise.all(
      Array.from({ length: 100 }, (_, i) => send(`${JSON.stringify({ watch: `w${i % 90}` })}\n`)),
    );
    for (const socket of waiting) socket.on('error', () => undefined);
    for (let i = 0; i < 20; i += 1) await Promise.all([send(line('cmdCallRing', `${1000 + i}`)), send('{'), send('{')]);
    await until(() => seen.length === 20);
    for (const socket of waiting) socket.destroy();
  });

  it('reads what came while this program stood still, before it takes a connection for too old', async () => {
    await observe();
    const late = await send('{"event":"cmdCallRing",');
    await new Promise((resolve) => setTimeout(resolve, 50));
    late.write('"parameter":"1001"}\n');
    const until3s = Date.now() + 3000;
    while (Date.now() < until3s);
    await until(() => seen.length === 1);
  });

  it('leaves a file alone that is where its socket should be, and a link', async () => {
    writeFileSync(pipe, 'precious');
    await observe();
    assert.deepEqual([readFileSync(pipe, 'utf8'), warnings], ['precious', ['pipe_failed']]);
    await observer?.stop();
    warnings = [];
    rmSync(pipe);
    writeFileSync(join(folder, 'elsewhere'), 'precious');
    symlinkSync(join(folder, 'elsewhere'), pipe);
    await observe();
    assert.deepEqual([readFileSync(pipe, 'utf8'), warnings], ['precious', ['pipe_failed']]);
  });

  it('goes on with calls that the phone knows, under its ids, until the phone has told their ends', async () => {
    const call = { callId: 'id1', callState: 'ringing' as const, direction: 'inbound' as const, startTime: Date.now() };
    const hooks = await observe({}, [
      { ...call, number: '1001' },
      { ...call, callId: 'id2', number: '1002' },
    ]);
    await send(line('cmdCallAnswer', '1001'));
    await until(() => seen.length === 1);
    const ended = { event: 'ended' as const, call: { ...call, callId: 'id2' }, time: 1, state: 'idle' as const };
    const event: PhoneEvent = { ...ended, previousState: 'idle', source: 'window', confidence: 'exact' };
    hooks.note({ type: 'told', event });
    await send(line('cmdCallEnd', '1002'));
    await send(line('cmdCallEnd', '1001'));
    await until(() => seen.length === 2);
    assert.deepEqual(
      seen.map((one) => [one.type, 'key' in one && one.key]),
      [
        ['call', 'id1'],
        ['call_ended', 'id1'],
      ],
    );
  });

  it('drops odd messages with one warning and goes on', async () => {
    await observe();
    for (const odd of ['\n', '{}\n', Buffer.alloc(100_000, 'x'), Buffer.from([0xff, 0xfe, 0x0a])]) await send(odd);
    await send(line('cmdCallRing', '1001'));
    await until(() => seen.length === 1);
    assert.deepEqual(warnings, ['bad_message']);
  });

  it('reports nothing any more when it is stopped, and leaves nothing behind', async () => {
    const hooks = await observe();
    const socket = await send('{"event"');
    socket.on('error', () => undefined);
    await hooks.stop();
    await hooks.stop();
    assert.equal(existsSync(pipe), false);
    await assert.rejects(send(line('cmdCallRing', '1001')));
    assert.deepEqual([seen, warnings], [[], []]);
  });

  it('waits for a pipe that somebody else has, and says so once', async () => {
    const other = createServer().listen(pipe);
    await new Promise((resolve) => other.once('listening', resolve));
    const receiver = new HookReceiver({
      pipe,
      clock: systemClock,
      onHook: () => undefined,
      warn: (warning) => warnings.push(warning),
      retryAfter: 20,
    });
    await receiver.start();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual([receiver.listening, warnings], [false, ['pipe_taken']]);
    await new Promise((resolve) => other.close(resolve));
    await until(() => receiver.listening);
    await receiver.stop();
  });

  it('takes over the socket of a program that crashed', async () => {
    const code = `require('net').createServer().listen(${JSON.stringify(pipe)}, () => process.kill(process.pid, 'SIGKILL'))`;
    writeFileSync(join(folder, 'crash.cjs'), code);
    const { spawnSync } = await import('node:child_process');
    spawnSync(process.execPath, [join(folder, 'crash.cjs')]);
    assert.ok(existsSync(pipe));
    await observe();
    await send(line('cmdCallRing', '1001'));
    await until(() => seen.length === 1);
    assert.deepEqual(warnings, []);
  });

  it('knows when a program was started although the clock of the computer has been set', async () => {
    const clock = new FakeClock();
    observer = new HookObserver({ pipe });
    await observer.start(hostOf((observation) => seen.push(observation), { clock }));
    for (const set of [-20_000, 40_000, 3_600_000]) {
      clock.set(set);
      seen = [];
      await send(line('cmdCallRing', '1001', clock.wall() - 50));
      await until(() => seen.length > 0);
      assert.equal(seen[0]?.time, clock.now() - 50);
      await clock.pass(10_000);
    }
  });

  it('may have to learn first where to listen', async () => {
    await observe({ pipe: () => Promise.resolve(pipe) });
    await send(line('cmdCallRing', '1001'));
    await until(() => seen.length === 1);
    await observer?.stop();
    await observe({ pipe: () => Promise.reject(new Error('no MicroSIP')) });
    assert.deepEqual(warnings, ['pipe_failed']);
  });

  it('survives a pipe that cannot be', async () => {
    pipe = join(folder, 'no', 'such', 'folder.sock');
    await observe();
    assert.deepEqual(warnings, ['pipe_failed']);
  });
});

describe('hook pipe', () => {
  it('is another one for each ini, whatever its upper and lower case on Windows', () => {
    const one = hookPipe('C:\\Users\\Ada Lovelace\\AppData\\Roaming\\MicroSIP\\microsip.ini', 'win32');
    assert.match(one, /^\\\\\.\\pipe\\microsip-hook-[0-9a-f]{12}$/);
    assert.equal(hookPipe('c:/users/ada lovelace/appdata/roaming/microsip/MicroSIP.ini', 'win32'), one);
    assert.notEqual(hookPipe('D:\\portable\\microsip.ini', 'win32'), one);
    assert.notEqual(hookPipe('/a/microsip.ini', 'linux'), hookPipe('/A/microsip.ini', 'linux'));
  });
});
