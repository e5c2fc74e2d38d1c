import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually';
import { forgetPhone } from '../../../src/agent/check/forget-phone';
import { systemClock } from '../../../src/clock';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { HOME_ASSISTANT } from '../../support/home-assistant/defaults';
import { refusals } from '../../support/home-assistant/discovery-schema';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer, VERSIONS, type ProtocolVersion } from '../../support/mqtt-peer';
import { deskPhone, RunningAgents } from '../../support/running-agents';

const CONFIG = 'homeassistant/device/microsip/desk-1/config';
const DESK = 'microsip/desk-1';

describe('an agent and Home Assistant', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();

  afterEach(() => MqttPeer.endAll());

  /** As Home Assistant: it subscribes, and says that it is there. */
  async function homeAssistant(protocolVersion: ProtocolVersion = 5): Promise<MqttPeer> {
    const peer = await MqttPeer.connect(mosquitto().url, { protocolVersion });
    await peer.subscribe('homeassistant/device/+/+/config', `${DESK}/#`);
    return peer;
  }
  const start = (phones = [deskPhone('desk-1')]) =>
    agents.start({ broker: { url: mosquitto().url }, homeAssistant: HOME_ASSISTANT, phones });
  const outcome = async (peer: MqttPeer, verb: string): Promise<{ ok: boolean; error?: { code: string } }> => {
    const { text } = await peer.next(`${DESK}/response/verb`, (message) => message.text.includes(`"verb":"${verb}"`));
    return JSON.parse(text) as { ok: boolean };
  };

  for (const version of VERSIONS)
    it(`tells of a phone as a device that Home Assistant takes, retained (MQTT ${version})`, async () => {
      await start();
      await (await homeAssistant(version)).next(CONFIG);
      const late = await homeAssistant(version);
      const message = await late.next(CONFIG);
      assert.equal(message.retain, true);
      assert.deepEqual(refusals({ topic: message.topic, payload: message.text }), []);
      const { device, components } = JSON.parse(message.text) as { device: { name: string }; components: object };
      assert.equal(device.name, 'Phone desk-1');
      assert.ok('dial' in components);
    });

  it('tells of it again when Home Assistant has started', async function () {
    this.timeout(30_000);
    await start();
    const peer = await homeAssistant();
    await peer.next(CONFIG);
    await peer.next(`${DESK}/availability`);
    peer.forget();
    await peer.publish('homeassistant/status', 'online', { qos: 0 });
    assert.equal((await peer.next(CONFIG, undefined, 10_000)).retain, false);
    await peer.next(`${DESK}/state`);
    await peer.next(`${DESK}/availability`, ({ text }) => text === 'online');
  });

  it('takes what is pressed in Home Assistant', async () => {
    await start();
    const peer = await homeAssistant();
    await peer.next(`${DESK}/availability`, ({ text }) => text === 'online');
    await peer.publish(`${DESK}/command/dial`, '1001');
    assert.equal((await outcome(peer, 'dial')).ok, true);
    await peer.next(
      `${DESK}/state`,
      ({ text }) => text.includes('"state":"dialing"') || text.includes('"state":"alerting"'),
    );
    await peer.publish(`${DESK}/command/hangup`, 'PRESS');
    assert.equal((await outcome(peer, 'hangup')).ok, true);
    await peer.publish(`${DESK}/command/answer`, 'PRESS');
    assert.equal((await outcome(peer, 'answer')).error?.code, 'no_call');
    assert.equal(
      peer.on(`${DESK}/response/verb`).every(({ retain }) => !retain),
      true,
    );
  });

  it('has do not disturb as a switch as long as MicroSIP offers it', async () => {
    await start();
    const peer = await homeAssistant();
    await peer.next(CONFIG, ({ text }) => text.includes(`${DESK}/command/dnd`));
    const switched = (dnd: boolean) => peer.next(`${DESK}/state`, ({ text }) => text.includes(`"dnd":${dnd}`));
    await switched(false);
    for (const [text, dnd] of [
      ['ON', true],
      ['OFF', false],
    ] as const) {
      peer.forget();
      await peer.publish(`${DESK}/command/dnd`, text);
      assert.equal((await outcome(peer, 'dnd')).ok, true);
      await switched(dnd);
      assert.equal(agents.microsip('desk-1').features.dnd, dnd);
    }
    peer.forget();
    await peer.publish(`${DESK}/command/dnd`, 'maybe');
    assert.equal((await outcome(peer, 'dnd')).error?.code, 'config');
  });

  it('has no such switch where MicroSIP does not offer it, and tells that it is unsupported', async () => {
    const microsip = new SimulatedMicrosip({ buttons: ['recording'] });
    try {
      const broker = { url: mosquitto().url };
      await agents.start({ broker, homeAssistant: HOME_ASSISTANT }, { simulated: () => microsip });
      const peer = await homeAssistant();
      await peer.next(`${DESK}/state`, ({ text }) => text.includes('"features"'));
      await peer.publish(`${DESK}/command/dnd`, 'ON');
      assert.equal((await outcome(peer, 'dnd')).error?.code, 'unsupported');
      // What an earlier agent has told is there until this one has told it.
      assert.ok(!peer.on(CONFIG).at(-1)?.text.includes(`${DESK}/command/dnd`));
    } finally {
      microsip.dispose();
    }
  });

  it('tells of messages that wait', async () => {
    await start();
    const peer = await homeAssistant();
    await peer.next(`${DESK}/availability`, ({ text }) => text === 'online');
    agents.microsip('desk-1').notifyVoicemail({ waiting: true, new: 2, old: 1 });
    const { text } = await peer.next(`${DESK}/state`, (message) => message.text.includes('"voicemail"'));
    const { voicemail } = JSON.parse(text) as { voicemail: { waiting: boolean; new: number } };
    assert.deepEqual([voicemail.waiting, voicemail.new], [true, 2]);
  });

  it('does nothing that is forbidden, unknown or was retained', async () => {
    await (await homeAssistant()).publish(`${DESK}/command/dial`, '1001', { retain: true });
    await start([deskPhone('desk-1', { commands: ['answer', 'hangup'] })]);
    const peer = await homeAssistant();
    // What an earlier agent has told is there until this one has told it.
    const { text } = await peer.next(CONFIG, (message) => !message.text.includes('/command/dial'));
    assert.ok('answer' in (JSON.parse(text) as { components: object }).components);
    await peer.next(`${DESK}/availability`, ({ text }) => text === 'online');
    await peer.publish(`${DESK}/command/transfer`, '1001');
    assert.equal((await outcome(peer, 'transfer')).error?.code, 'refused');
    await peer.publish(`${DESK}/command/explode`, '');
    assert.equal((await outcome(peer, 'explode')).error?.code, 'config');
    assert.deepEqual(ofCalls(peer), []);
    await peer.publish(`${DESK}/command/dial`, '', { retain: true });
  });

  it('takes away what a phone is not allowed any more, once', async () => {
    const documents = (peer: MqttPeer) =>
      peer.json<{ components: Record<string, unknown> }>(CONFIG).map(({ components }) => components);
    /** An agent that starts, has told everything, and stops. */
    const run = async (commands?: string[]): Promise<void> => {
      const phones = [deskPhone('desk-1', commands ? { commands } : {})];
      const broker = { url: mosquitto().url };
      const peer = await homeAssistant();
      const agent = await agents.start({ broker, homeAssistant: HOME_ASSISTANT, phones }, { file: 'agent.json' });
      await peer.next(`${DESK}/availability`, ({ text }) => text === 'online');
      await peer.ask('desk-1', { type: 'ping' });
      await agent.stop();
    };
    await run();
    const watching = await homeAssistant();
    await watching.settled();
    watching.forget();
    await run(['answer']);
    await watching.settled();
    const told = documents(watching);
    assert.deepEqual(
      told.map(({ dial }) => dial),
      [{ platform: 'text' }, undefined],
    );
    assert.ok(told.every((components) => 'answer' in components && 'call_state' in components));
    watching.forget();
    await run(['answer']);
    await watching.settled();
    assert.deepEqual(
      documents(watching).map(({ dial }) => dial),
      [undefined],
    );
  });

  it('takes the device away with all else of a phone that is forgotten', async () => {
    const agent = await start();
    const peer = await homeAssistant();
    await peer.next(CONFIG);
    await agent.stop();
    const config = { ...{ base: 'microsip', mask: false, lastCall: true, hostAndUser: true, phones: [] } };
    const broker = { url: mosquitto().url };
    const forgotten = await forgetPhone({ ...config, broker, homeAssistant: HOME_ASSISTANT }, 'desk-1', systemClock);
    assert.equal(forgotten.done, true);
    const late = await homeAssistant();
    await late.settled();
    assert.deepEqual(late.received, []);
  });

  it('tells nothing, and takes no plain text, unless it is asked to', async () => {
    await (await homeAssistant()).publish(CONFIG, '', { retain: true });
    await agents.start({ broker: { url: mosquitto().url } });
    const peer = await homeAssistant();
    await peer.next(`${DESK}/availability`, ({ text }) => text === 'online');
    await peer.publish(`${DESK}/command/dial`, '1001');
    assert.equal((await peer.ask('desk-1', { type: 'ping' })).ok, true);
    await eventually(() => peer.on(`${DESK}/state`).length > 0);
    assert.deepEqual([peer.on(`${DESK}/response/verb`), peer.on(CONFIG), ofCalls(peer)], [[], [], []]);
  });
});

function ofCalls(peer: MqttPeer): object[] {
  return peer.json(`${DESK}/event`).filter(({ callId }) => callId !== undefined);
}
