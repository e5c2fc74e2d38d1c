import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer, VERSIONS } from '../../support/mqtt-peer';
import { RunningAgents } from '../../support/running-agents';

const TOPIC = 'microsip/desk-1';

describe('what others say in the name of a phone', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();

  afterEach(() => MqttPeer.endAll());

  async function lastRetained(topic: string): Promise<string | undefined> {
    const late = await MqttPeer.connect(mosquitto().url);
    await late.subscribe(topic);
    await late.settled();
    await late.end();
    return late.on(topic).at(-1)?.text;
  }

  for (const protocolVersion of VERSIONS)
    it(`is contradicted when it is offline, version ${protocolVersion}`, async () => {
      const peer = await MqttPeer.connect(mosquitto().url, { protocolVersion });
      await agents.start({ broker: { url: mosquitto().url } });
      for (let time = 0; time < 3; time += 1) {
        await peer.publish(`${TOPIC}/availability`, 'offline', { retain: true });
        await eventually(async () => ((await lastRetained(`${TOPIC}/availability`)) === 'online' ? true : undefined));
      }
      await peer.publish(`${TOPIC}/availability`, Buffer.from([0xff, 0xfe]), { retain: true });
      assert.equal((await MqttPeer.connect(mosquitto().url)).client.connected, true);
    });

  it('was left from before, and is replaced when the agent comes', async () => {
    const peer = await MqttPeer.connect(mosquitto().url);
    const junk = ['{', Buffer.from([0xff]), '{"__proto__":{"state":"x"}}', 'x'.repeat(300_000)];
    for (const content of junk)
      for (const name of ['availability', 'state', 'info', 'last_call'])
        await peer.publish(`${TOPIC}/${name}`, content, { retain: true });
    await agents.start({ broker: { url: mosquitto().url } });
    await eventually(async () => ((await lastRetained(`${TOPIC}/availability`)) === 'online' ? true : undefined));
    const state = JSON.parse((await lastRetained(`${TOPIC}/state`)) ?? '') as Record<string, unknown>;
    const info = JSON.parse((await lastRetained(`${TOPIC}/info`)) ?? '') as Record<string, unknown>;
    assert.equal(state['state'], 'idle');
    assert.equal(state['session'], info['session']);
  });

  it('is put right by the command snapshot', async () => {
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe(`${TOPIC}/response/#`);
    await agents.start({ broker: { url: mosquitto().url } });
    await eventually(async () => ((await lastRetained(`${TOPIC}/availability`)) === 'online' ? true : undefined));
    for (const name of ['state', 'info']) await peer.publish(`${TOPIC}/${name}`, '{"event":7}', { retain: true });
    assert.equal((await peer.ask('desk-1', { type: 'snapshot' })).ok, true);
    await eventually(async () => ((await lastRetained(`${TOPIC}/info`))?.includes('session') ? true : undefined));
    assert.match((await lastRetained(`${TOPIC}/state`)) ?? '', /"state":"idle"/);
  });
});
