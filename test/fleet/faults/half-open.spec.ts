import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { FleetReader } from '../../../src/fleet/reader/fleet-reader';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { MqttPort } from '../../support/mqtt-port';
import { deskPhone, RunningAgents } from '../../support/running-agents';
import { TcpProxy, type Way } from '../../support/tcp-proxy';
import { allDone, assertComplete, dialled, online, seqs } from './told';

/** Agents and brokers notice after 1.5 times the keepalive, 15 s; the agent is back within 3.5 s more. */
const NOTICED = 40_000;

/** What no longer arrives, by phone. All have their turn at the same time, for it takes its time. */
const STALLED: Record<string, Way[]> = {
  'both-ways': ['toServer', 'toClient'],
  'to-broker': ['toServer'],
  'to-agent': ['toClient'],
};
const DESKS = Object.keys(STALLED);

describe('a connection that is half open', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();
  const proxies = new Map<string, TcpProxy>();
  let peer: MqttPeer;

  beforeEach(async () => {
    peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/#');
  });

  afterEach(async () => {
    await MqttPeer.endAll();
    await Promise.all([...proxies.values()].map((proxy) => proxy.stop()));
    proxies.clear();
  });

  async function start(desk: string): Promise<TcpProxy> {
    const proxy = await TcpProxy.start(mosquitto().port);
    proxies.set(desk, proxy);
    await agents.start({ broker: { url: proxy.url }, phones: [deskPhone(desk)] });
    await online(peer, desk);
    return proxy;
  }

  it('is noticed and made anew: no command is carried out late or twice, no event is lost or told twice', async () => {
    const port = new MqttPort(mosquitto().url);
    const reader = new FleetReader(port);
    const read = new Map<string, string[]>(DESKS.map((desk) => [desk, []]));
    reader.listen({
      event: (desk, { event, call }) => {
        if (call) read.get(desk)?.push(event);
      },
    });
    try {
      for (const desk of DESKS) await start(desk);
      await eventually(() => (DESKS.every((desk) => reader.phone(desk)?.snapshot) ? true : undefined));
      for (const [desk, ways] of Object.entries(STALLED)) proxies.get(desk)?.stallPresent(ways);
      const before = peer.received.length;
      for (const desk of DESKS) await peer.send(desk, { type: 'dial', number: '1001', ttl: 60 });
      // It is carried out where it arrives, if nobody hears of it yet.
      const { far } = agents.microsip('to-broker');
      await eventually(() => agents.microsip('to-broker').calls.all.length === 1 || undefined);
      far.answer();
      for (const desk of ['both-ways', 'to-agent']) {
        agents.microsip(desk).far.incoming({ number: '+49301' });
        agents.microsip(desk).far.hangup();
      }
      const isBack = (desk: string) =>
        peer.received
          .slice(before)
          .some(({ topic, text }) => topic === `microsip/${desk}/availability` && text === 'online');
      await eventually(() => (DESKS.every(isBack) ? true : undefined), NOTICED);
      for (const proxy of proxies.values()) proxy.release();
      const told = { 'both-ways': ['incoming', 'ended'], 'to-broker': ['outgoing', 'answered', 'ended'] };
      const wanted: Record<string, string[]> = { ...told, 'to-agent': ['incoming', 'ended'] };
      for (const desk of DESKS) {
        await allDone(peer, desk);
        await eventually(() => (read.get(desk)?.includes('ended') ? true : undefined));
        await eventually(() => (reader.phone(desk)?.snapshot?.state === 'idle' ? true : undefined));
        assert.deepEqual(read.get(desk), wanted[desk], desk);
        assertComplete(seqs(peer, desk));
        assert.deepEqual([...new Set(dialled(peer, desk))], desk === 'to-broker' ? ['1001'] : [], desk);
      }
    } finally {
      reader.close();
      await port.end();
    }
  });

  it('that delivers after all is too late for commands', async () => {
    const proxy = await start('desk-1');
    proxy.stall(['toClient']);
    const id = await peer.send('desk-1', { type: 'dial', number: '1001', ttl: 1 });
    const fresh = await peer.send('desk-1', { type: 'ping', ttl: 30 });
    await sleep(1500);
    proxy.release();
    assert.equal((await peer.answer('desk-1', id)).error?.code, 'expired_command');
    assert.equal((await peer.answer('desk-1', fresh)).ok, true);
    await allDone(peer);
    assert.deepEqual(dialled(peer), []);
  });
});
