import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../support/checkout';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';

describe('the program microsip-agent', () => {
  const mosquitto = useMosquitto();
  let folder: string;
  let child: ChildProcess | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-process-'));
  });
  afterEach(async () => {
    await MqttPeer.endAll();
    child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('runs until it is told to stop, says goodbye, and writes its log as JSON', async () => {
    const config = join(folder, 'agent.json');
    const document = {
      broker: { url: mosquitto().url },
      phones: [{ id: 'desk-1', phone: { connection: 'simulator' } }],
    };
    writeFileSync(config, JSON.stringify(document));
    child = spawn(process.execPath, ['--require', 'tsx/cjs', join(ROOT, 'bin/microsip-agent.ts'), '--config', config], {
      cwd: ROOT,
      env: { ...process.env, HOME: folder, USERPROFILE: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = once(child, 'close');
    let [printed, log] = ['', ''];
    child.stdout?.on('data', (text: Buffer) => (printed += text.toString()));
    child.stderr?.on('data', (text: Buffer) => (log += text.toString()));
    const watcher = await MqttPeer.connect(mosquitto().url);
    await watcher.subscribe('microsip/desk-1/availability');
    await watcher.next('microsip/desk-1/availability', ({ text }) => text === 'online');
    child.kill('SIGTERM');
    await watcher.next('microsip/desk-1/availability', ({ text }) => text === 'offline');
    assert.deepEqual(await closed, [0, null], log);
    assert.equal(printed, '');
    const events = log
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event);
    assert.equal(events[0], 'starting');
    assert.equal(events.at(-1), 'stopped');
  });
});
