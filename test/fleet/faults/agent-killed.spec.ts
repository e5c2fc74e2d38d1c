import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FleetReader } from '../../../src/fleet/reader/fleet-reader';
import { ROOT } from '../../support/checkout';
import { eventually } from '../../support/eventually';
import { failsWith } from '../../support/fails-with';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { MqttPort } from '../../support/mqtt-port';
import { allDone, dialled, events } from './told';

const PROGRAM = join(ROOT, 'test/support/agent-program.ts');
const AVAILABILITY = 'microsip/desk-1/availability';

describe('an agent that is killed', () => {
  const mosquitto = useMosquitto();
  let directory: string;
  let child: ChildProcess | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'agent-killed-'));
  });

  afterEach(async () => {
    await MqttPeer.endAll();
    await kill();
    rmSync(directory, { recursive: true, maxRetries: 5 });
  });

  async function start(peer: MqttPeer): Promise<void> {
    const before = peer.on(AVAILABILITY).length;
    const args = ['--require', 'tsx/cjs', PROGRAM, mosquitto().url, 'desk-1', directory];
    child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    await eventually(() => (peer.on(AVAILABILITY).slice(before).at(-1)?.text === 'online' ? true : undefined));
  }

  async function kill(): Promise<void> {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  it('is offline at once; one that comes then knows of no call of before and does no command of before', async () => {
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/#');
    const port = new MqttPort(mosquitto().url);
    const reader = new FleetReader(port);
    const read: string[] = [];
    reader.listen({
      event: (_, { event, call }) => {
        if (call) read.push(event);
      },
    });
    try {
      await start(peer);
      await eventually(() => (reader.phone('desk-1')?.snapshot ? true : undefined));
      const first = reader.phone('desk-1')?.session;
      const command = { id: 'before', ts: Date.now(), ttl: 60, session: first, type: 'dial', number: '1001' };
      await peer.publish('microsip/desk-1/command', command);
      assert.equal((await peer.answer('desk-1', 'before')).ok, true);
      await eventually(() => (reader.phone('desk-1')?.snapshot?.calls.length === 1 ? true : undefined));

      await kill();
      await peer.next(AVAILABILITY, ({ text }) => text === 'offline');
      await eventually(() => (reader.phone('desk-1')?.online === false ? true : undefined));
      await failsWith('agent_offline', reader.send('desk-1', { type: 'dial', number: '1002' }));
      await peer.send('desk-1', { type: 'dial', number: '1002', ttl: 60 });

      await start(peer);
      await eventually(() => (reader.phone('desk-1')?.snapshot ? true : undefined));
      // As a client resends what it had no acknowledgement for.
      await peer.publish('microsip/desk-1/command', command, { dup: true });
      await eventually(() => (peer.json('microsip/desk-1/response/before').length === 2 ? true : undefined));
      const [, again] = peer.json<{ error?: { code: string } }>('microsip/desk-1/response/before');
      assert.equal(again?.error?.code, 'expired_command');
      await allDone(peer);
      assert.deepEqual(dialled(peer), ['1001']);
      assert.equal(new Set(events(peer).map(({ session }) => session)).size, 2);
      assert.equal(reader.phone('desk-1')?.snapshot?.state, 'idle');
      // Whoever reads gets an end for what nobody will ever end.
      assert.deepEqual(read, ['outgoing', 'ended']);
    } finally {
      reader.close();
      await port.end();
    }
  });
});
