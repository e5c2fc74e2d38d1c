import assert from 'node:assert/strict';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { RunningAgents } from '../../support/running-agents';
import { online } from './told';

const OWN = 'microsip/desk-1/response/';

describe('the response topic of MQTT 5', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();
  let peer: MqttPeer;

  beforeEach(async () => {
    peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('#');
    await agents.start({ broker: { url: mosquitto().url } });
    await online(peer);
  });

  afterEach(() => MqttPeer.endAll());

  it('is used below the own one of the phone, with the correlation data as it was given', async () => {
    const correlationData = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const responseTopic = `${OWN}somebody/deep/down`;
    await peer.send('desk-1', { type: 'ping' }, { properties: { responseTopic, correlationData } });
    const { properties, retain } = await peer.next(responseTopic);
    assert.deepEqual(properties.correlationData, correlationData);
    assert.equal(retain, false);
  });

  it('is refused anywhere else', async () => {
    const before = peer.received.length;
    const elsewhere = [
      'microsip/desk-2/command',
      'microsip/desk-2/response/x',
      'microsip/desk-1/state',
      'microsip/desk-1/response',
      'microsip/desk-1/responses/x',
      OWN,
      'microsip/all/command',
      '$SYS/broker/uptime',
      '$share/x/y',
      'homeassistant/device/microsip/desk-1/config',
    ];
    for (const responseTopic of elsewhere) {
      const id = await peer.send('desk-1', { type: 'ping' }, { properties: { responseTopic } });
      assert.equal((await peer.answer('desk-1', id)).error?.code, 'config', responseTopic);
    }
    await peer.settled();
    const got = peer.received.slice(before).map(({ topic }) => topic);
    assert.deepEqual(
      got.filter((topic) => elsewhere.includes(topic)),
      [],
    );
  });

  it('is refused with more correlation data than anybody needs', async () => {
    const properties = { responseTopic: `${OWN}x`, correlationData: Buffer.alloc(60_000) };
    const id = await peer.send('desk-1', { type: 'ping' }, { properties });
    assert.equal((await peer.answer('desk-1', id)).error?.code, 'config');
    assert.deepEqual(peer.on(`${OWN}x`), []);
  });

  it('has no say in whose answers to a command for all come where', async () => {
    const properties = { responseTopic: `${OWN}x`, correlationData: Buffer.from('7') };
    await peer.publish('microsip/all/command', { id: 'many', ts: Date.now(), ttl: 10, type: 'ping' }, { properties });
    const answer = await peer.next(`${OWN}many`);
    assert.deepEqual(answer.properties.correlationData, Buffer.from('7'));
  });
});
