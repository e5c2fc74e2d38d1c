import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { FleetReader } from '../../../src/fleet/reader/fleet-reader';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { MqttPort } from '../../support/mqtt-port';
import { RunningAgents } from '../../support/running-agents';
import { TcpProxy } from '../../support/tcp-proxy';
import { allDone, assertComplete, dialled, events, online, seqs } from './told';

/** One Node-RED: what it was told of calls, as `event callId`. */
class Reading {
  readonly told: string[] = [];
  readonly reader: FleetReader;
  private readonly port: MqttPort;

  constructor(url: string) {
    this.port = new MqttPort(url);
    this.reader = new FleetReader(this.port);
    this.reader.listen({
      event: (_, { event, call }) => {
        if (call) this.told.push(`${event} ${call.callId}`);
      },
    });
  }

  get state(): string | undefined {
    return this.reader.phone('desk-1')?.snapshot?.state;
  }

  async end(): Promise<void> {
    this.reader.close();
    await this.port.end();
  }
}

describe('readers of a fleet', () => {
  const mosquitto = useMosquitto({ maxQueued: 200 });
  const agents = new RunningAgents();
  const readings: Reading[] = [];
  let proxy: TcpProxy | undefined;
  let peer: MqttPeer;

  beforeEach(async () => {
    peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/#');
    await agents.start({ broker: { url: mosquitto().url } });
    await online(peer);
  });

  afterEach(async () => {
    await MqttPeer.endAll();
    await Promise.all(readings.splice(0).map((reading) => reading.end()));
    await proxy?.stop();
    proxy = undefined;
  });

  async function read(url: string): Promise<Reading> {
    const reading = new Reading(url);
    readings.push(reading);
    await eventually(() => (reading.state === undefined ? undefined : true));
    return reading;
  }

  it('that are slow hold up nobody, and are right again when they have caught up', async () => {
    proxy = await TcpProxy.start(mosquitto().port);
    const slow = await read(proxy.url);
    proxy.stall(['toClient']);
    const { far } = agents.microsip('desk-1');
    for (let index = 0; index < 150; index += 1) {
      far.incoming({ number: `+4930${10_000 + index}` });
      far.hangup();
      if (index % 10 === 9) await sleep(50);
    }
    far.incoming({ number: '+49309' });
    await eventually(() => (events(peer).at(-1)?.number === '+49309' ? true : undefined));
    assertComplete(seqs(peer));
    await eventually(() => (mosquitto().log().includes('being dropped') ? true : undefined));
    // Of what the broker has dropped the last is what counts: nothing that comes by itself shows that it is missing.
    await sleep(4000);

    proxy.release();
    const isRight = (state: string) =>
      slow.state === state && slow.reader.phone('desk-1')?.seq === seqs(peer).at(-1) ? true : undefined;
    await eventually(() => isRight('ringing'));
    far.hangup();
    await eventually(() => (events(peer).at(-1)?.event === 'ended' ? isRight('idle') : undefined));
    assert.equal(new Set(slow.told).size, slow.told.length);
    const begun = slow.told.filter((told) => told.startsWith('incoming')).map((told) => told.split(' ')[1]);
    const ended = slow.told.filter((told) => told.startsWith('ended')).map((told) => told.split(' ')[1]);
    // An end that the broker has dropped is told when the next state shows it, which may be behind the next begin.
    assert.deepEqual(ended.sort(), begun.sort());
  });

  it('that are started anew know how all stands, and neither repeat nor miss a call that goes on', async () => {
    const before = await read(mosquitto().url);
    const { callId: first } = await before.reader.send('desk-1', { type: 'dial', number: '1001' });
    await eventually(() => (before.state === 'dialing' || before.state === 'alerting' ? true : undefined));
    await before.end();
    const { far } = agents.microsip('desk-1');
    far.answer();
    far.hangup();
    await eventually(() => (events(peer).some(({ event }) => event === 'ended') ? true : undefined));
    far.incoming({ number: '+49301' });
    await eventually(() => (events(peer).at(-1)?.event === 'incoming' ? true : undefined));
    const second = events(peer).at(-1)?.callId ?? '';

    const after = await read(mosquitto().url);
    await eventually(() => (after.state === 'ringing' ? true : undefined));
    far.hangup();
    await eventually(() => (after.told.includes(`ended ${second}`) ? true : undefined));
    assert.deepEqual(after.told, [`incoming ${second}`, `ended ${second}`]);
    assert.equal(before.told.filter((told) => told === `outgoing ${String(first)}`).length, 1);
    await allDone(peer);
    assert.deepEqual(dialled(peer), ['1001']);
  });

  it('see no phones in what strangers keep at the broker', async () => {
    const content = [
      'online',
      '{',
      '{"session":"x","seq":1e999}',
      Buffer.from([0xff]),
      '[]',
      '"x"',
      'x'.repeat(70_000),
    ];
    const phones = ['__proto__', 'constructor', 'all', 'group', 'agent', 'a b', 'ü', 'x'.repeat(65), '$SYS'];
    const names = ['state', 'info', 'event', 'call', 'junk', 'response/x'];
    for (const phone of phones)
      for (const name of names)
        for (const junk of content) await peer.publish(`microsip/${phone}/${name}`, junk, { retain: true });
    const reading = await read(mosquitto().url);
    const known = reading.reader.phones().filter(({ online: is, snapshot }) => is || snapshot);
    assert.deepEqual(
      known.map(({ id }) => id),
      ['desk-1'],
    );
    for (const name of ['state', 'info'])
      await peer.publish(`microsip/desk-1/${name}`, '{"state":7}', { retain: true });
    await peer.settled();
    assert.equal((await reading.reader.send('desk-1', { type: 'ping' }))['session'] !== undefined, true);
    assert.equal(reading.state, 'idle');
  });
});
