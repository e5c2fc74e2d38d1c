import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { deskPhone, RunningAgents } from '../../support/running-agents';

const HOME_ASSISTANT = { prefix: 'homeassistant', statusTopic: 'homeassistant/status' };

describe('what an agent leaves at a broker', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();
  const phones = (...ids: string[]) => ids.map((id) => deskPhone(id));

  afterEach(() => MqttPeer.endAll());

  async function retained(): Promise<string[]> {
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('#');
    await peer.settled();
    await peer.end();
    return peer.received.filter(({ retain, topic }) => retain && !topic.startsWith('$')).map(({ topic }) => topic);
  }

  it('is cleared of phones that are no longer in its file, and of Home Assistant when that is switched off', async () => {
    const broker = { url: mosquitto().url };
    const world = { file: '/etc/agent.json' };
    const before = await agents.start(
      { broker, homeAssistant: HOME_ASSISTANT, phones: phones('desk-1', 'desk-2') },
      world,
    );
    await eventually(async () => ((await retained()).length >= 8 ? true : undefined));
    await before.stop();
    await agents.start({ broker, phones: phones('desk-1') }, world);
    const left = await eventually(async () => {
      const topics = await retained();
      return topics.some((topic) => topic.includes('desk-2') || topic.startsWith('homeassistant/'))
        ? undefined
        : topics;
    });
    assert.deepEqual(
      left.sort(),
      ['availability', 'info', 'state'].map((topic) => `microsip/desk-1/${topic}`),
    );
  });

  it('is there again when somebody clears it while the phone lives', async () => {
    await agents.start({ broker: { url: mosquitto().url }, phones: phones('desk-1') });
    const peer = await MqttPeer.connect(mosquitto().url);
    await eventually(async () => ((await retained()).length >= 3 ? true : undefined));
    for (const topic of ['availability', 'info', 'state'])
      await peer.publish(`microsip/desk-1/${topic}`, '', { retain: true });
    await eventually(async () => ((await retained()).length >= 3 ? true : undefined));
  });
});
