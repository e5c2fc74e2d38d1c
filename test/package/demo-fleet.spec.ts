import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { MqttPeer } from '../support/mqtt-peer';

/** ms */
const FIRST_CALL = 60_000;
/** A button of the wallboard's flow that sends its fleet node a command. */
const BUTTON = 'f1ee70000000ab04';
const PING = [
  { p: 'payload', v: '{"type": "ping"}', vt: 'json' },
  { p: 'phone', v: 'all', vt: 'str' },
];
const DESKS = 10;

describe('the demo of a fleet', function () {
  this.timeout(2 * FIRST_CALL);
  let folder: string;
  let demo: ChildProcess | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'demo-fleet-'));
  });
  afterEach(async () => {
    await MqttPeer.endAll();
    end('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('has calls by itself within a minute, a wallboard whose flow reaches all desks, and ends all that it started', async () => {
    const [port, mqttPort] = [await freePort(), await freePort()];
    demo = spawn(process.execPath, ['scripts/demo-fleet.mjs', '--no-build', '--folder', folder], {
      cwd: ROOT,
      env: { ...process.env, PORT: String(port), MQTT_PORT: String(mqttPort), npm_lifecycle_event: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: whatever is left of it can be seen.
      detached: true,
    });
    const ended = once(demo, 'exit');
    let output = '';
    for (const stream of [demo.stdout, demo.stderr])
      stream?.on('data', (text: Buffer) => {
        output += text.toString();
      });
    const url = `mqtt://127.0.0.1:${mqttPort}`;
    const peer = await eventually(() => MqttPeer.connect(url).catch(() => undefined), FIRST_CALL);
    await peer.subscribe('microsip/+/event');
    const begins = ({ text }: { text: string }): boolean => /"event":"(?:incoming|outgoing)"/.test(text);
    await eventually(() => peer.received.find(begins), FIRST_CALL);

    const board = /http:\/\/\S+\/dashboard\/wallboard/;
    const [address = ''] = await eventually(() => board.exec(output) ?? undefined, FIRST_CALL);
    assert.ok((await fetch(address)).ok);
    await peer.subscribe('microsip/+/response/+/+');
    const pressed = await fetch(`http://127.0.0.1:${port}/inject/${BUTTON}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ __user_inject_props__: PING }),
    });
    assert.ok(pressed.ok);
    const answered = (): Set<string | undefined> =>
      new Set(peer.received.filter(({ text }) => text.includes('"ok":true')).map(({ topic }) => topic.split('/')[1]));
    await eventually(() => (answered().size === DESKS ? true : undefined));

    demo.kill('SIGINT');
    await ended;
    await eventually(() => (isAlive() ? undefined : true));
  });

  function end(signal: NodeJS.Signals): void {
    if (isAlive()) process.kill(-(demo?.pid ?? 0), signal);
  }

  /** Anything of what it started. */
  function isAlive(): boolean {
    try {
      return demo?.pid !== undefined && process.kill(-demo.pid, 0);
    } catch {
      return false;
    }
  }
});
