import assert from 'node:assert/strict';
import { systemClock, type Clock } from '../../../src/clock';
import { FleetReader } from '../../../src/fleet/reader/fleet-reader';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';
import { MqttPort } from '../../support/mqtt-port';
import { RunningAgents } from '../../support/running-agents';
import { allDone, dialled, online } from './told';

const HOUR = 3_600_000;

/** Somebody has set the computer's clock wrong, and may set it again. */
function wrongClock(by: number): { clock: Clock; set: (by: number) => void } {
  let off = by;
  return {
    clock: { ...systemClock, wall: () => systemClock.wall() + off },
    set: (to) => {
      off = to;
    },
  };
}

for (const [which, off] of [
  ['ahead', HOUR],
  ['behind', -HOUR],
] as const)
  describe(`an agent whose clock is an hour ${which}`, () => {
    const mosquitto = useMosquitto();
    const agents = new RunningAgents();
    let peer: MqttPeer;

    beforeEach(async () => {
      peer = await MqttPeer.connect(mosquitto().url);
      await peer.subscribe('microsip/#');
    });

    afterEach(() => MqttPeer.endAll());

    it('says so to who goes by another one, and does what is dated by its own', async () => {
      await agents.start({ broker: { url: mosquitto().url } }, { clock: wrongClock(off).clock });
      await online(peer);
      const refused = await peer.ask('desk-1', { type: 'dial', number: '1001' });
      assert.equal(refused.error?.code, 'expired_command');
      const difference = Number(refused['time']) - Date.now();
      assert.ok(Math.abs(difference - off) < 60_000, `${difference} ms`);
      const ts = Date.now() + difference;
      assert.equal((await peer.ask('desk-1', { type: 'dial', number: '1002', ts })).ok, true);
      await allDone(peer);
      assert.deepEqual(dialled(peer), ['1002']);
    });

    it('takes the commands of Node-RED all the same', async () => {
      const { clock, set } = wrongClock(off);
      await agents.start({ broker: { url: mosquitto().url } }, { clock });
      await online(peer);
      const port = new MqttPort(mosquitto().url);
      const reader = new FleetReader(port);
      try {
        await eventually(() => (reader.phone('desk-1')?.snapshot ? true : undefined));
        const { callId } = await reader.send('desk-1', { type: 'dial', number: '1001' });
        assert.equal(typeof callId, 'string');
        set(0);
        await reader.send('desk-1', { type: 'hangup', scope: 'all' });
        await allDone(peer);
        assert.deepEqual(dialled(peer), ['1001']);
      } finally {
        reader.close();
        await port.end();
      }
    });

    it('takes what Node-RED sends to all phones, too', async () => {
      await agents.start({ broker: { url: mosquitto().url } }, { clock: wrongClock(off).clock });
      await online(peer);
      const port = new MqttPort(mosquitto().url);
      const reader = new FleetReader(port);
      try {
        await eventually(() => (reader.phone('desk-1')?.snapshot ? true : undefined));
        const answers = await reader.sendToMany({ all: true }, { type: 'dial', number: '1001' });
        assert.equal(answers.get('desk-1')?.ok, true);
        await allDone(peer);
        assert.deepEqual(dialled(peer), ['1001']);
      } finally {
        reader.close();
        await port.end();
      }
    });

    it('does nothing twice when it is put right', async () => {
      const { clock, set } = wrongClock(off);
      await agents.start({ broker: { url: mosquitto().url } }, { clock });
      await online(peer);
      const command = { id: 'once', ts: Date.now() + off, ttl: 60, type: 'dial', number: '1001' };
      await peer.publish('microsip/desk-1/command', command);
      const first = await peer.answer('desk-1', 'once');
      assert.equal(first.ok, true);
      await allDone(peer);
      set(0);
      peer.forget();
      await peer.publish('microsip/desk-1/command', { ...command, ts: Date.now() });
      assert.deepEqual(await peer.answer('desk-1', 'once'), first);
      await allDone(peer);
      assert.deepEqual(dialled(peer), []);
    });
  });
