import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/checkout';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer, VERSIONS } from '../../support/mqtt-peer';
import { deskPhone, RunningAgents } from '../../support/running-agents';
import { dialled, online } from '../faults/told';

const ACL = readFileSync(join(ROOT, 'docs/mosquitto/acl'), 'utf8');
const NOT_AUTHORIZED = 135;
const password = 'secret';
const asUser = (username: string) => ({ username, password });

describe('an agent at a broker with the ACL', () => {
  const users = ['desk-1', 'desk-2', 'nodered', 'wallboard', 'crm-desk-1', 'homeassistant', 'stranger'];
  const mosquitto = useMosquitto({ users: Object.fromEntries(users.map((user) => [user, password])), acl: ACL });
  const agents = new RunningAgents();
  let nodeRed: MqttPeer;

  beforeEach(async () => {
    nodeRed = await MqttPeer.connect(mosquitto().url, asUser('nodered'));
    await nodeRed.subscribe('microsip/#');
    await agents.start({
      broker: { url: mosquitto().url },
      homeAssistant: { prefix: 'homeassistant', statusTopic: 'homeassistant/status' },
      phones: ['desk-1', 'desk-2'].map((id) => deskPhone(id, { groups: ['sales'], ...asUser(id) })),
    });
    await online(nodeRed, 'desk-1');
    await online(nodeRed, 'desk-2');
  });

  afterEach(() => MqttPeer.endAll());

  it('has all the rights that it needs, and a second one of the same phone is refused', async () => {
    const homeAssistant = await MqttPeer.connect(mosquitto().url, asUser('homeassistant'));
    await homeAssistant.subscribe('#');
    await homeAssistant.next('homeassistant/device/microsip/desk-1/config');
    assert.equal((await nodeRed.ask('desk-1', { type: 'dial', number: '1001' })).ok, true);
    await nodeRed.publish('microsip/group/sales/command', { id: 'g', ts: Date.now(), ttl: 10, type: 'ping' });
    for (const desk of ['desk-1', 'desk-2']) assert.equal((await nodeRed.answer(desk, 'g')).ok, true);
    await assert.rejects(
      agents.start({ broker: { url: mosquitto().url }, phones: [deskPhone('desk-1', asUser('desk-1'))] }),
      { name: 'PhoneInUseError' },
    );
    const refused = agents.lines.filter(({ event }) => event === 'publish_refused' || event === 'subscribe_refused');
    assert.deepEqual(refused, []);
  });

  for (const protocolVersion of VERSIONS)
    it(`never hears the commands of who has no right to them, version ${protocolVersion}`, async () => {
      const command = { ts: Date.now(), ttl: 60, type: 'dial', number: '1001' };
      for (const user of ['stranger', 'wallboard', 'desk-2', 'homeassistant']) {
        const peer = await MqttPeer.connect(mosquitto().url, { protocolVersion, ...asUser(user) });
        await peer.subscribe('#');
        for (const topic of ['microsip/desk-1/command', 'microsip/all/command', 'microsip/group/sales/command'])
          for (const retain of [false, true]) {
            await peer.publish(topic, { id: `of-${user}`, ...command }, { retain }).catch(() => undefined);
            if (protocolVersion === 5) assert.equal(peer.reasons.at(-1), NOT_AUTHORIZED);
          }
      }
      await nodeRed.ask('desk-1', { type: 'ping' });
      await nodeRed.ask('desk-2', { type: 'hangup', scope: 'all' });
      assert.deepEqual(dialled(nodeRed), []);
      assert.deepEqual(dialled(nodeRed, 'desk-2'), []);
      assert.deepEqual(
        nodeRed.received.filter(({ topic }) => topic.includes('/response/of-')),
        [],
      );
    });

  it('answers a program for one desk where only that may read it', async () => {
    const crm = await MqttPeer.connect(mosquitto().url, asUser('crm-desk-1'));
    const other = await MqttPeer.connect(mosquitto().url, asUser('desk-2'));
    await crm.subscribe('#');
    await other.subscribe('#');
    const id = await crm.send('desk-1', { type: 'dial', number: '1001', from: 'crm-desk-1' });
    assert.equal((await crm.answer('desk-1', id, 'crm-desk-1')).ok, true);
    await eventually(() => (crm.on('microsip/desk-1/event').length > 0 ? true : undefined));
    await other.settled('microsip/desk-2/response/x');
    assert.deepEqual(
      other.received.filter(({ topic }) => topic.includes('desk-1')),
      [],
    );
  });
});
