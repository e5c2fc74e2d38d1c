import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer, VERSIONS } from '../../support/mqtt-peer';
import { TcpProxy } from '../../support/tcp-proxy';

describe('the broker of these tests', () => {
  const mosquitto = useMosquitto({ persistence: true });
  let proxy: TcpProxy | undefined;

  afterEach(async () => {
    await MqttPeer.endAll();
    await proxy?.stop();
    proxy = undefined;
  });

  for (const protocolVersion of VERSIONS)
    it(`carries messages, version ${protocolVersion}`, async () => {
      const peer = await MqttPeer.connect(mosquitto().url, { protocolVersion });
      await peer.subscribe('a/+');
      await peer.publish('a/b', { c: 1 });
      assert.deepEqual(JSON.parse((await peer.next('a/b')).text), { c: 1 });
    });

  it('keeps what is retained when it is killed', async () => {
    const before = await MqttPeer.connect(mosquitto().url);
    await before.publish('kept', 'yes', { retain: true });
    await mosquitto().save();
    await mosquitto().kill();
    await eventually(() => (before.client.connected ? undefined : true));
    await mosquitto().restart();
    const after = await MqttPeer.connect(mosquitto().url);
    await after.subscribe('kept');
    assert.equal((await after.next('kept')).text, 'yes');
  });

  it('is not reached through a half-open connection, and all arrives in order when it is whole again', async () => {
    proxy = await TcpProxy.start(mosquitto().port);
    const far = await MqttPeer.connect(proxy.url);
    const near = await MqttPeer.connect(mosquitto().url);
    await far.subscribe('to/far');
    await near.subscribe('to/near');

    proxy.stall(['toClient']);
    await near.publish('to/far', '1');
    const first = far.publish('to/near', '1');
    await near.next('to/near');
    await near.settled();
    assert.deepEqual(far.received, []);

    proxy.stall(['toServer']);
    const second = far.publish('to/near', '2');
    await near.settled();
    assert.equal(near.on('to/near').length, 1);
    assert.equal(proxy.open, 1);

    proxy.release();
    await Promise.all([first, second]);
    await far.next('to/far');
    await near.next('to/near', ({ text }) => text === '2');

    proxy.cut();
    await eventually(() => (far.client.connected ? undefined : true));
  });
});
