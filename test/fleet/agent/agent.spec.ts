import assert from 'node:assert/strict';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer, VERSIONS } from '../../support/mqtt-peer';
import { deskPhone, RunningAgents } from '../../support/running-agents';

const TOPIC = 'microsip/desk-1';

describe('an agent at a broker', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();

  afterEach(() => MqttPeer.endAll());

  for (const protocolVersion of VERSIONS) {
    it(`tells what happens and takes commands, for clients with MQTT ${protocolVersion === 5 ? '5' : '3.1.1'}`, async () => {
      const agent = await agents.start({
        broker: { url: mosquitto().url },
        phones: [deskPhone('desk-1', { groups: ['sales'] })],
      });
      const peer = await MqttPeer.connect(mosquitto().url, { protocolVersion });
      await peer.subscribe('microsip/#');
      await peer.next(`${TOPIC}/availability`, ({ text }) => text === 'online');
      const dialled = await peer.ask('desk-1', { type: 'dial', number: '1002' });
      assert.equal(dialled.ok, true, JSON.stringify(dialled));
      assert.equal((await peer.ask('desk-1', { type: 'simulate', action: 'answer' })).ok, true);
      assert.equal((await peer.ask('desk-1', { type: 'hangup', scope: 'all' })).ok, true);
      await peer.next(`${TOPIC}/last_call`);
      await peer.next(`${TOPIC}/call`);
      const ended = peer.json(`${TOPIC}/event`).find(({ event }) => event === 'ended');
      await peer.next(`${TOPIC}/state`, ({ text }) => (JSON.parse(text) as { seq: number }).seq === ended?.['seq']);

      const info = peer.json(`${TOPIC}/info`).at(-1);
      assert.deepEqual(info?.['groups'], ['sales']);
      const events = peer.json(`${TOPIC}/event`);
      assert.ok(events.every(({ session }) => session === info['session']));
      const first = Number(events[0]?.['seq']);
      assert.deepEqual(
        events.map(({ seq }) => seq),
        events.map((_, index) => first + index),
      );
      assert.deepEqual(
        events.filter(({ callId }) => callId === dialled['callId']).map(({ event }) => event),
        ['outgoing', 'answered', 'ended'],
      );
      const [call] = peer.json(`${TOPIC}/call`);
      assert.equal(call?.['disposition'], 'answered');
      assert.equal(peer.json(`${TOPIC}/state`).at(-1)?.['state'], 'idle');

      await agent.stop();
      await peer.next(`${TOPIC}/availability`, ({ text }) => text === 'offline');
      assert.deepEqual(await agent.ended, { why: 'stopped' });
    });
  }

  it('tells of what is muted, over the broker and at the phone itself', async () => {
    await agents.start({ broker: { url: mosquitto().url } });
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/#');
    const told = (device: string) =>
      peer.next(`${TOPIC}/state`, ({ text }) => {
        const { audio } = JSON.parse(text) as { audio?: Record<string, { muted: boolean }> };
        return audio?.[device]?.muted === true;
      });
    await peer.next(`${TOPIC}/availability`, ({ text }) => text === 'online');
    assert.equal((await peer.ask('desk-1', { type: 'audio', device: 'microphone', action: 'mute' })).ok, true);
    await told('microphone');
    agents.microsip('desk-1').audio.apply('speaker', 'mute');
    await told('speaker');
  });
});
