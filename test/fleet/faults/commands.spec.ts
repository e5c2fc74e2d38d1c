import assert from 'node:assert/strict';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer, VERSIONS } from '../../support/mqtt-peer';
import { deskPhone, RunningAgents } from '../../support/running-agents';
import { allDone, dialled, online } from './told';

const TOPIC = 'microsip/desk-1';
const COMMAND = `${TOPIC}/command`;
const dial = (number: string, more: object = {}) => ({ type: 'dial', number, ...more });
const dated = (command: object) => ({ id: 'planted', ts: Date.now(), ttl: 60, ...command });

for (const protocolVersion of VERSIONS)
  describe(`commands of a client with MQTT ${protocolVersion === 5 ? '5' : '3.1.1'} that must not be carried out`, () => {
    const mosquitto = useMosquitto({ persistence: true });
    const agents = new RunningAgents();
    let peer: MqttPeer;

    beforeEach(async () => {
      peer = await MqttPeer.connect(mosquitto().url, { protocolVersion });
      await peer.subscribe('microsip/#');
    });

    afterEach(() => MqttPeer.endAll());

    async function start(): Promise<void> {
      await agents.start({
        broker: { url: mosquitto().url },
        phones: [deskPhone('desk-1', { groups: ['sales'] })],
      });
      await online(peer);
    }

    it('are those that somebody has planted', async () => {
      const topics = [COMMAND, 'microsip/group/sales/command', 'microsip/all/command'];
      for (const topic of topics) await peer.publish(topic, dated(dial('1001')), { retain: true });
      await start();
      await allDone(peer);
      for (const topic of topics) await peer.publish(topic, dated(dial('1002')), { retain: true });
      await allDone(peer);
      // A broker that comes back sends what it has kept to who subscribes anew.
      await mosquitto().save();
      await mosquitto().restart();
      const later = await MqttPeer.connect(mosquitto().url, { protocolVersion });
      await later.subscribe('microsip/#');
      await online(later);
      await allDone(later);
      assert.ok(later.on(COMMAND).some(({ retain }) => retain));
      assert.deepEqual([...dialled(peer), ...dialled(later)], []);
      assert.deepEqual(peer.on(`${TOPIC}/response/planted`), []);
      for (const topic of topics) await later.publish(topic, '', { retain: true });
      assert.ok(agents.said('commands_dropped'));
    });

    it('are those that come late, early, or without a time', async () => {
      await start();
      const { session } = await peer.ask('desk-1', { type: 'ping' });
      assert.equal(typeof session, 'string');
      const now = Date.now();
      for (const wrong of [
        { ts: now - 20_000, ttl: 10 },
        { ts: now - 61_000, ttl: 60 },
        { ts: now + 10_000 },
        { ts: undefined },
        { session: 'another' },
        { ts: undefined, session: 'another' },
      ]) {
        const answer = await peer.ask('desk-1', dial('1001', wrong));
        assert.equal(answer.error?.code, 'expired_command', JSON.stringify(wrong));
        assert.ok(Math.abs(Number(answer['time']) - Date.now()) < 30_000);
      }
      for (const wrong of [{ ttl: 0 }, { ttl: 61 }, { ttl: '10' }, { ts: '2026' }, { ts: null }]) {
        const answer = await peer.ask('desk-1', dial('1001', wrong));
        assert.equal(answer.error?.code, 'config', JSON.stringify(wrong));
      }
      await allDone(peer);
      assert.deepEqual(dialled(peer), []);
      const right = await peer.ask('desk-1', dial('1002', { ts: undefined, session }));
      assert.equal(right.ok, true);
      if (protocolVersion === 5) {
        const properties = { messageExpiryInterval: 10 };
        assert.equal((await peer.ask('desk-1', { type: 'ping', ts: undefined }, { properties })).ok, true);
      }
    });

    it('are those that come again', async () => {
      await start();
      const command = { id: 'once', ts: Date.now(), ttl: 60, ...dial('1001') };
      // As a broker delivers twice what was not acknowledged, and as a client sends again after it was cut off.
      for (let time = 0; time < 5; time += 1) await peer.publish(COMMAND, command, { dup: time > 0 });
      await peer.publish('microsip/group/sales/command', command);
      await peer.publish(COMMAND, { ...command, ts: Date.now() + 1, ttl: 30 });
      await peer.next(`${TOPIC}/response/once`);
      await allDone(peer);
      await peer.publish(COMMAND, command);
      await allDone(peer);
      assert.deepEqual(dialled(peer), ['1001']);
      const answers = new Set(peer.on(`${TOPIC}/response/once`).map(({ text }) => text));
      assert.equal(answers.size, 1);
      peer.forget();
      await peer.publish(COMMAND, { ...command, number: '1002' });
      assert.equal((await peer.answer('desk-1', 'once')).error?.code, 'config');
      await allDone(peer);
      assert.deepEqual(dialled(peer), []);
    });

    it('are those that are no commands', async () => {
      await start();
      const deep = `${'['.repeat(4000)}${']'.repeat(4000)}`;
      const whole = (fields: string) => `{"id":"whole","ts":${Date.now()},"type":"dial","number":"1001",${fields}}`;
      for (const junk of [
        '',
        '{',
        'null',
        '[]',
        '7',
        '"dial"',
        Buffer.from([0xff, 0xfe, 0, 1, 2]),
        Buffer.from(JSON.stringify(dated(dial('1001'))), 'utf16le'),
        deep,
        '{}',
        { ...dated(dial('1001')), id: '' },
        { ...dated(dial('1001')), id: 'a/b' },
        { ...dated(dial('1001')), id: '+' },
        { ...dated(dial('1001')), id: 'x'.repeat(65) },
        { ...dated(dial('1001')), id: 7 },
        { ...dated(dial('1001')), id: ['planted'] },
      ])
        await peer.publish(COMMAND, junk);
      await allDone(peer);
      assert.deepEqual(dialled(peer), []);
      const answered = peer.received.filter(({ topic }) => topic.startsWith(`${TOPIC}/response/`));
      assert.equal(answered.length, 2, JSON.stringify(answered));

      for (const wrong of [
        { type: 'format' },
        { type: 'constructor' },
        { type: '__proto__' },
        { type: ['dial'] },
        { type: undefined },
        { type: 'dial' },
        dial('1001', { from: 'a/b' }),
        dial('1001', { padding: 'x'.repeat(17_000) }),
        { type: 'hangup', scope: 'toString' },
      ]) {
        const answer = await peer.ask('desk-1', wrong);
        assert.equal(answer.ok, false, JSON.stringify(wrong).slice(0, 100));
      }
      await peer.publish(COMMAND, whole(`"x":${deep}`));
      assert.equal((await peer.answer('desk-1', 'whole')).error?.code, 'config');
      peer.forget();
      await peer.publish(COMMAND, whole('"__proto__":{"type":"hangup"}').replace('whole', 'proto'));
      await peer.answer('desk-1', 'proto');
      assert.equal((Object.prototype as { type?: unknown }).type, undefined);
    });

    it('are those of a storm, but for as many as the phone may dial, and the agent goes on', async () => {
      await start();
      agents.microsip('desk-1').setSingleMode(false);
      const sent = Array.from({ length: 1000 }, (_, index) => peer.send('desk-1', dial(`2${1000 + index}`)));
      await Promise.all(sent);
      // While it has too much to do it refuses that, too, or does not even say so.
      await eventually(async () => {
        const id = await peer.send('desk-1', { type: 'ping' });
        await peer.settled();
        return peer.json(`${TOPIC}/response/${id}`).some(({ ok }) => ok === true) ? true : undefined;
      });
      await allDone(peer);
      const numbers = dialled(peer);
      assert.ok(numbers.length < 100, `${numbers.length} calls`);
      assert.equal(new Set(numbers).size, numbers.length);
    });
  });
