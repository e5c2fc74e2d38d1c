import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Aedes } from 'aedes';
import { eventually } from '../../support/eventually';
import { MqttPeer } from '../../support/mqtt-peer';
import { RunningAgents } from '../../support/running-agents';
import { TcpProxy } from '../../support/tcp-proxy';
import { allDone, dialled, events, online } from '../faults/told';

const TOPIC = 'microsip/desk-1';

describe('an agent at a broker that knows only MQTT 3.1.1', () => {
  const agents = new RunningAgents();
  let aedes: Aedes;
  let server: Server;
  let port: number;
  let peer: MqttPeer;
  const proxies: TcpProxy[] = [];

  before(async () => {
    aedes = await Aedes.createBroker();
    server = createServer(aedes.handle);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });

  after(async () => {
    await new Promise<void>((resolve) => {
      aedes.close(resolve);
    });
    await new Promise((resolve) => server.close(resolve));
  });

  beforeEach(async () => {
    peer = await MqttPeer.connect(url(), { protocolVersion: 4 });
    await peer.subscribe('microsip/#');
  });

  afterEach(async () => {
    for (const topic of new Set(peer.received.filter(({ retain }) => retain).map((message) => message.topic)))
      await peer.publish(topic, '', { retain: true });
    await MqttPeer.endAll();
    await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
  });

  const url = () => `mqtt://127.0.0.1:${port}`;

  it('finds the version, takes commands, tells events, and says offline when it stops', async () => {
    const planted = { id: 'planted', type: 'dial', number: '1002', ts: Date.now(), ttl: 60 };
    await peer.publish(`${TOPIC}/command`, planted, { retain: true });
    const agent = await agents.start({ broker: { url: url() } });
    await online(peer);
    assert.deepEqual(
      agents.lines.flatMap(({ event, fields }) => (event === 'connected' ? [fields['mqtt']] : [])),
      ['3.1.1'],
    );
    const { callId } = await peer.ask('desk-1', { type: 'dial', number: '1001' });
    await peer.next(`${TOPIC}/event`, ({ text }) => text.includes('"outgoing"'));
    const outgoing = events(peer).find(({ event }) => event === 'outgoing');
    assert.equal(outgoing?.callId, callId);
    assert.equal((await peer.ask('desk-1', { type: 'ping', ts: undefined, session: outgoing?.session })).ok, true);
    assert.equal((await peer.ask('desk-1', { type: 'ping', ts: Date.now() - 61_000 })).error?.code, 'expired_command');
    await allDone(peer);
    assert.deepEqual(dialled(peer), ['1001']);
    await agent.stop();
    await peer.next(`${TOPIC}/availability`, ({ text }) => text === 'offline');
  });

  it('has a last will, and is there again after it was lost', async () => {
    const proxy = await TcpProxy.start(port);
    proxies.push(proxy);
    await agents.start({ broker: { url: proxy.url } });
    await online(peer);
    peer.forget();
    proxy.cut();
    await peer.next(`${TOPIC}/availability`, ({ text }) => text === 'offline');
    await online(peer);
    assert.equal((await peer.ask('desk-1', { type: 'ping' })).ok, true);
  });

  it('ends for good when the session in its info is that of another one, and leaves that one alone', async () => {
    const agent = await agents.start({ broker: { url: url() } });
    await online(peer);
    await peer.next(`${TOPIC}/info`);
    const other = await MqttPeer.connect(url(), { protocolVersion: 4, clientId: 'microsip-desk-1' });
    const info = { agent: '0', session: 'other', groups: [], commands: [] };
    await other.publish(`${TOPIC}/info`, info, { retain: true });
    await other.publish(`${TOPIC}/availability`, 'online', { retain: true });
    assert.deepEqual(await agent.ended, { why: 'taken_over', phone: 'desk-1' });
    assert.ok(other.client.connected);
    assert.equal((await eventually(() => peer.json(`${TOPIC}/info`).at(-1)))['session'], 'other');
  });
});
