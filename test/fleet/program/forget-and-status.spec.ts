import assert from 'node:assert/strict';
import { systemClock } from '../../../src/clock';
import { AgentProgram } from '../../support/agent-cli';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { RunningAgents } from '../../support/running-agents';

describe('microsip-agent', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();
  const program = new AgentProgram();

  afterEach(() => MqttPeer.endAll());

  const config = (): string =>
    program.file({
      broker: { url: mosquitto().url },
      homeAssistant: true,
      phones: [{ id: 'desk-1', phone: { connection: 'simulator' } }],
    });
  const run = (...args: string[]): Promise<number> => {
    program.lines = [];
    return program.run([...args, '--json', '--config', config()]);
  };
  /** What the broker has retained below a filter. */
  const retained = async (...filters: string[]): Promise<string[]> => {
    const reader = await MqttPeer.connect(mosquitto().url);
    await reader.subscribe(...filters);
    await reader.settled();
    return reader.received.filter(({ retain }) => retain).map(({ topic }) => topic);
  };

  it('--forget clears all that is retained of one phone, and nothing else', async () => {
    const peer = await MqttPeer.connect(mosquitto().url);
    const own = ['availability', 'state', 'info', 'last_call', 'command', 'something/else'].map(
      (topic) => `microsip/gone/${topic}`,
    );
    const device = 'homeassistant/device/microsip/gone/config';
    const others = ['microsip/gone-too/state', 'homeassistant/device/microsip/desk-1/config', 'other/gone/state'];
    for (const topic of [...own, device, ...others]) await peer.publish(topic, 'x', { retain: true });
    assert.equal(await run('--forget', 'gone'), 0);
    assert.deepEqual((await retained('microsip/#', 'homeassistant/#', 'other/#')).sort(), [...others].sort());
    for (const topic of others) await peer.publish(topic, '', { retain: true });
  });

  it('--forget is refused while an agent has the phone', async () => {
    const agent = await agents.start({ broker: { url: mosquitto().url } });
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/desk-1/#');
    await peer.next('microsip/desk-1/info');
    assert.equal(await run('--forget', 'desk-1'), 7);
    assert.ok((await retained('microsip/desk-1/#')).includes('microsip/desk-1/state'));
    await agent.stop();
    assert.equal(await run('--forget', 'desk-1'), 0);
    assert.deepEqual(await retained('microsip/desk-1/#'), []);
  });

  it('--forget is refused also when the clock of that agent is another', async () => {
    const clock = { ...systemClock, wall: () => systemClock.wall() - 3_600_000 };
    await agents.start({ broker: { url: mosquitto().url } }, { clock });
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/desk-1/availability');
    await peer.next('microsip/desk-1/availability', ({ text }) => text === 'online');
    assert.equal(await run('--forget', 'desk-1'), 7);
    assert.ok((await retained('microsip/desk-1/#')).includes('microsip/desk-1/state'));
  });

  it('--forget takes a retained "online" that nobody answers for an old one', async () => {
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.publish('microsip/gone/availability', 'online', { retain: true });
    assert.equal(await run('--forget', 'gone'), 0);
    assert.deepEqual(await retained('microsip/gone/#'), []);
  });

  it('status tells which phones are online', async () => {
    const online = async (): Promise<unknown> => {
      await run('status');
      return (program.json()['phones'] as { online: boolean }[])[0]?.online;
    };
    assert.equal(await online(), false);
    const agent = await agents.start({ broker: { url: mosquitto().url } });
    const peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/desk-1/availability');
    await peer.next('microsip/desk-1/availability', ({ text }) => text === 'online');
    assert.equal(await online(), true);
    await agent.stop();
    assert.equal(await online(), false);
  });
});
