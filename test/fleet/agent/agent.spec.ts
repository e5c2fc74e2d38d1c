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
    const peer = await watching();
    assert.equal((await peer.ask('desk-1', { type: 'audio', device: 'microphone', action: 'mute' })).ok, true);
    await stands(peer, 'audio', (audio) => isMuted(audio, 'microphone'));
    agents.microsip('desk-1').audio.apply('speaker', 'mute');
    await stands(peer, 'audio', (audio) => isMuted(audio, 'speaker'));
    await happens(peer, 'audio', (audio) => isMuted(audio, 'speaker'));
  });

  it('tells of a switch, over the broker and by hand, and how all stand after a command', async () => {
    const peer = await watching();
    const answer = await peer.ask('desk-1', { type: 'feature', feature: 'dnd', action: 'on' });
    assert.equal(answer.ok, true, JSON.stringify(answer));
    assert.equal((answer['features'] as Record<string, boolean>)['dnd'], true);
    await stands(peer, 'features', ({ dnd }) => dnd === true);
    await happens(peer, 'features', ({ dnd }) => dnd === true);
    const { commands } = peer.json<{ commands: string[] }>(`${TOPIC}/info`).at(-1) ?? assert.fail();
    assert.ok(commands.includes('feature') && commands.includes('conference'), commands.join());
    await peer.ask('desk-1', { type: 'feature', feature: 'dnd', action: 'off' });
    await stands(peer, 'features', ({ dnd }) => dnd === false);
  });

  it('refuses switches and conferences that are none, and those that are not allowed', async () => {
    const peer = await watching([deskPhone('desk-1', { commands: ['feature'] })]);
    const code = async (command: object): Promise<unknown> =>
      ((await peer.ask('desk-1', command)) as { error?: { code: string } }).error?.code;
    for (const command of [
      { type: 'feature', feature: '__proto__', action: 'on' },
      { type: 'feature', feature: 'dnd', action: 'maybe' },
      { type: 'feature', feature: ['dnd'], action: 'on' },
      { type: 'feature', feature: 'dnd', action: 'on', callId: {} },
      { type: 'feature', feature: 'dnd', action: 'on', also: 1 },
    ])
      assert.equal(await code(command), 'config', JSON.stringify(command));
    assert.equal(await code({ type: 'conference', action: 'merge' }), 'refused');
    assert.equal(await code({ type: 'feature', feature: 'dnd', action: 'on', ts: 1 }), 'expired_command');
  });

  type Told = Record<string, unknown>;
  const isMuted = (audio: Told, device: string): boolean => (audio[device] as { muted: boolean }).muted;
  async function watching(phones = [deskPhone('desk-1')]): Promise<MqttPeer> {
    await agents.start({ broker: { url: mosquitto().url }, phones });
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/#');
    await peer.next(`${TOPIC}/availability`, ({ text }) => text === 'online');
    return peer;
  }
  async function stands(peer: MqttPeer, name: string, isSo: (told: Told) => boolean): Promise<void> {
    await peer.next(`${TOPIC}/state`, ({ text }) => {
      const told = (JSON.parse(text) as Record<string, Told | undefined>)[name];
      return told !== undefined && isSo(told);
    });
  }
  async function happens(peer: MqttPeer, name: string, isSo: (told: Told) => boolean): Promise<void> {
    await peer.next(`${TOPIC}/event`, ({ text }) => {
      const json = JSON.parse(text) as Record<string, unknown>;
      return json['event'] === name && isSo(json[name] as Told);
    });
  }
});
