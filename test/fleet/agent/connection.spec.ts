import assert from 'node:assert/strict';
import { PhoneInUseError } from '../../../src/agent/running-agent';
import { eventually } from '../../support/eventually';
import { startMosquitto, useMosquitto, whyNoMosquitto, type Mosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { deskPhone, RunningAgents } from '../../support/running-agents';
import { skipBecause } from '../../support/skip';
import { TcpProxy } from '../../support/tcp-proxy';

const TOPIC = 'microsip/desk-1';

interface State {
  state: string;
  seq: number;
  session: string;
}

describe('the connection of a phone', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();
  let own: Mosquitto | undefined;
  const proxies: TcpProxy[] = [];

  afterEach(async () => {
    await MqttPeer.endAll();
    await clear(mosquitto());
    await own?.stop();
    own = undefined;
    await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
  });

  /** For tests that end it. */
  async function ownBroker(context: Mocha.Context, options = {}): Promise<Mosquitto> {
    const why = whyNoMosquitto();
    if (why) skipBecause(context, why);
    own = await startMosquitto(options);
    return own;
  }

  async function watch(url: string): Promise<MqttPeer> {
    const peer = await MqttPeer.connect(url);
    await peer.subscribe('microsip/#');
    return peer;
  }

  const online = (peer: MqttPeer) => peer.next(`${TOPIC}/availability`, ({ text }) => text === 'online');

  it('publishes all that is retained, and all events that nobody has heard, when the broker is back', async function () {
    const broker = await ownBroker(this);
    const proxy = await TcpProxy.start(broker.port);
    proxies.push(proxy);
    await agents.start({ broker: { url: proxy.url } });
    const before = await watch(broker.url);
    await online(before);
    await broker.kill();
    const { far, user } = agents.microsip('desk-1');
    far.incoming({ number: '+4930123456' });
    await eventually(() => (agents.said('connection_lost') ? true : undefined));
    far.hangup();
    far.incoming({ number: '+4930123457' });
    user.answer();
    // Who listens has to be there first.
    proxy.stall();
    await broker.restart();
    const after = await watch(broker.url);
    proxy.release();
    await online(after);
    await after.next(`${TOPIC}/state`, ({ text }) => (JSON.parse(text) as State).state === 'connected');
    await after.next(`${TOPIC}/event`, ({ text }) => text.includes('"answered"'));
    const events = after.json(`${TOPIC}/event`);
    assert.deepEqual(
      events.slice(-4).map(({ event }) => event),
      ['incoming', 'ended', 'incoming', 'answered'],
    );
    const numbers = events.map(({ seq }) => Number(seq));
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => Number(numbers[0]) + index),
    );
    await after.next(`${TOPIC}/state`, ({ text }) => (JSON.parse(text) as State).seq === numbers.at(-1));
    assert.equal(after.json(`${TOPIC}/state`).at(-1)?.['missedToday'], 1);
    await after.next(`${TOPIC}/last_call`);
    await after.next(`${TOPIC}/info`);
  });

  it('contradicts an offline that is not its own', async () => {
    await agents.start({ broker: { url: mosquitto().url } });
    const peer = await watch(mosquitto().url);
    await online(peer);
    peer.forget();
    await peer.publish(`${TOPIC}/availability`, 'offline', { retain: true });
    await online(peer);
  });

  it('says offline by its last will when it is lost', async function () {
    const proxy = await TcpProxy.start(mosquitto().port);
    proxies.push(proxy);
    await agents.start({ broker: { url: proxy.url } });
    const peer = await watch(mosquitto().url);
    await online(peer);
    await proxy.stop();
    await peer.next(`${TOPIC}/availability`, ({ text }) => text === 'offline');
  });

  it('is refused to a second agent, which learns who has the phone', async () => {
    const first = await agents.start({ broker: { url: mosquitto().url } });
    const peer = await watch(mosquitto().url);
    await online(peer);
    await peer.next(`${TOPIC}/info`);
    await assert.rejects(agents.start({ broker: { url: mosquitto().url } }), (error) => {
      assert.ok(error instanceof PhoneInUseError, String(error));
      assert.equal(error.phone, 'desk-1');
      assert.equal(error.holder.session, peer.json(`${TOPIC}/info`).at(-1)?.['session']);
      assert.ok(error.holder.host);
      return true;
    });
    assert.equal((await peer.ask('desk-1', { type: 'ping' })).ok, true);
    assert.ok(!peer.on(`${TOPIC}/availability`).some(({ text }) => text === 'offline'));
    await first.stop();
  });

  it('is refused also to one that may not send commands', async function () {
    const acl = ['user agent', 'topic read #', 'topic write microsip/desk-1/#', 'topic deny microsip/desk-1/command'];
    const broker = await ownBroker(this, { users: { agent: 'a', other: 'o' }, acl: [...acl, ''].join('\n') });
    const credentials = { username: 'agent', password: 'a' };
    await agents.start({ broker: { url: broker.url, ...credentials } });
    await eventually(() => agents.said('connected'));
    await assert.rejects(agents.start({ broker: { url: broker.url, ...credentials } }), PhoneInUseError);
  });

  it('goes to a new agent when an online is left of one that is gone', async () => {
    const planted = await MqttPeer.connect(mosquitto().url);
    await planted.publish(`${TOPIC}/availability`, 'online', { retain: true });
    await agents.start({ broker: { url: mosquitto().url } });
    await planted.subscribe('microsip/#');
    await eventually(() => (planted.on(`${TOPIC}/info`).length > 0 ? true : undefined));
  });

  it('ends the agent for good when another one takes it over', async () => {
    const agent = await agents.start({ broker: { url: mosquitto().url } });
    const peer = await watch(mosquitto().url);
    await online(peer);
    const other = await MqttPeer.connect(mosquitto().url, { clientId: 'microsip-desk-1' });
    const info = { agent: '0', session: 'other', groups: [], commands: [] };
    await other.publish(`${TOPIC}/info`, info, { retain: true });
    assert.deepEqual(await agent.ended, { why: 'taken_over', phone: 'desk-1' });
    assert.ok(other.client.connected);
    assert.equal(agents.lines.filter(({ event }) => event === 'connected').length, 1);
  });

  it('is left to one of two agents that start at once', async () => {
    const broker = { url: mosquitto().url };
    const both = await Promise.all([0, 1].map(() => agents.start({ broker })));
    const ended = await Promise.race(both.map(({ ended }) => ended));
    assert.deepEqual(ended, { why: 'taken_over', phone: 'desk-1' });
    const peer = await watch(mosquitto().url);
    await online(peer);
    assert.equal((await peer.ask('desk-1', { type: 'ping' })).ok, true);
  });

  it('says what is wrong with the password, and comes when it is right', async function () {
    const broker = await ownBroker(this, { users: { agent: 'right' } });
    await agents.start({ broker: { url: broker.url, username: 'agent', password: 'secret-wrong' } });
    const said = await eventually(() => agents.said('connection_failed'));
    assert.equal(said.level, 'error');
    assert.ok(['bad_credentials', 'not_authorised'].includes(String(said.fields['why'])), String(said.fields['why']));
    assert.ok(!JSON.stringify(agents.lines).includes('secret-wrong'));
  });

  it('waits for a broker that is not there yet', async function () {
    const broker = await ownBroker(this);
    await broker.kill();
    await agents.start({ broker: { url: broker.url } });
    assert.equal(agents.said('connection_failed')?.fields['why'], 'nobody_listens');
    await broker.restart();
    await online(await watch(broker.url));
  });

  it('leaves the other phones of the agent alone when the settings of one are not possible', async () => {
    await agents.start({
      broker: { url: mosquitto().url },
      phones: [
        deskPhone('bad', { phone: { name: 'Bad', connection: 'simulator', region: 'nowhere' } }),
        deskPhone('desk-1'),
      ],
    });
    assert.equal(agents.said('phone_not_made')?.fields['phone'], 'bad');
    await online(await watch(mosquitto().url));
  });
});

async function clear({ url }: Mosquitto): Promise<void> {
  const peer = await MqttPeer.connect(url);
  await peer.subscribe('#');
  await peer.settled();
  for (const { topic, retain, text } of peer.received)
    if (retain && text !== '') await peer.publish(topic, '', { retain: true });
  await peer.end();
}
