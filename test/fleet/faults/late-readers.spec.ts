import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { FleetReader } from '../../../src/fleet/reader/fleet-reader';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { MqttPort } from '../../support/mqtt-port';
import { RunningAgents } from '../../support/running-agents';
import { TcpProxy } from '../../support/tcp-proxy';
import { assertComplete, events, online } from './told';

/** ms by which Node-RED comes back later than an agent */
const LATER = 4000;
const NUMBERS = ['+493010000', '+493010001'];

describe('a broker that is killed, and readers that come back later than the agent', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();
  let peer: MqttPeer;

  beforeEach(async () => {
    peer = await MqttPeer.connect(mosquitto().url);
    await peer.subscribe('microsip/#');
    await agents.start({ broker: { url: mosquitto().url } });
    await online(peer);
  });

  afterEach(() => MqttPeer.endAll());

  function connects(): number {
    return agents.lines.filter(({ event }) => event === 'connected').length;
  }

  /** Two calls while the broker is away; then the agent is there again for some time. */
  async function missTwoCalls(): Promise<void> {
    const before = connects();
    await mosquitto().kill();
    await eventually(() => agents.said('connection_lost'));
    const { far } = agents.microsip('desk-1');
    for (const number of NUMBERS) {
      far.incoming({ number });
      far.hangup();
    }
    await sleep(500);
    await mosquitto().restart();
    await eventually(() => (connects() > before ? true : undefined));
    await sleep(LATER);
  }

  it('get all events and calls once, in order', async () => {
    await peer.settled();
    const last = events(peer).at(-1)?.seq ?? 0;
    await missTwoCalls();
    const late = await MqttPeer.connect(mosquitto().url);
    await late.subscribe('microsip/#');
    await eventually(() => (events(late).length >= 4 ? true : undefined));
    await eventually(() => (late.on('microsip/desk-1/call').length >= 2 ? true : undefined));
    await late.settled();
    const told = events(late);
    assert.deepEqual(
      told.map(({ event, number }) => `${event} ${number ?? ''}`),
      NUMBERS.flatMap((number) => [`incoming ${number}`, `ended ${number}`]),
    );
    const numbers = told.map(({ seq }) => seq);
    assertComplete(numbers);
    assert.equal(numbers[0], last + 1);
    assert.deepEqual(
      late.json('microsip/desk-1/call').map(({ number }) => number),
      NUMBERS,
    );
  });

  it('are told what happened, and conclude nothing of it themselves', async () => {
    const proxy = await TcpProxy.start(mosquitto().port);
    const port = new MqttPort(proxy.url);
    const reader = new FleetReader(port);
    try {
      await eventually(() => (reader.phone('desk-1')?.snapshot ? true : undefined));
      const told: string[] = [];
      const finished: (string | undefined)[] = [];
      reader.listen({
        event: (_, { event, call, source }) => {
          if (call) told.push(`${event} ${call.number ?? ''} ${source === 'watchdog'}`);
        },
        finished: (_, { call }) => finished.push(call.number),
      });
      await proxy.stop();
      await missTwoCalls();
      await proxy.reopen();
      await eventually(() => (told.length >= 4 && finished.length >= 2 ? true : undefined));
      await eventually(() => (reader.phone('desk-1')?.snapshot?.state === 'idle' ? true : undefined));
      assert.deepEqual(
        told,
        NUMBERS.flatMap((number) => [`incoming ${number} false`, `ended ${number} false`]),
      );
      assert.deepEqual(finished, NUMBERS);
      assert.equal(reader.dropped.repeated, undefined);
    } finally {
      reader.close();
      await port.end();
      await proxy.stop();
    }
  });
});
