import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { MqttPeer, VERSIONS } from '../../support/mqtt-peer';
import { deskPhone, RunningAgents } from '../../support/running-agents';

const BASE = 'office/microsip';
const DESK = `${BASE}/desk-1`;

for (const protocolVersion of VERSIONS)
  describe(`commands of a client with MQTT ${protocolVersion === 5 ? '5' : '3.1.1'}`, () => {
    const mosquitto = useMosquitto();
    const agents = new RunningAgents();
    let peer: MqttPeer;

    beforeEach(async () => {
      await agents.start({
        broker: { url: mosquitto().url },
        base: BASE,
        phones: [
          deskPhone('desk-1', { groups: ['sales'], commands: ['dial', 'hangup'] }),
          deskPhone('desk-2', { groups: ['sales'] }),
          deskPhone('desk-3'),
        ],
      });
      peer = await MqttPeer.connect(mosquitto().url, { protocolVersion, base: BASE });
      await peer.subscribe(`${BASE}/#`);
      for (const desk of [1, 2, 3])
        await peer.next(`${BASE}/desk-${desk}/availability`, ({ text }) => text === 'online');
    });
    afterEach(() => MqttPeer.endAll());

    const responses = () => peer.received.filter(({ topic }) => topic.startsWith(`${DESK}/response/`));

    it('are carried out once, however often they come', async () => {
      const command = { id: 'one', type: 'dial', number: '1001', ts: Date.now(), ttl: 10 };
      await Promise.all([1, 2, 3].map(() => peer.publish(`${DESK}/command`, command)));
      const first = await peer.answer('desk-1', 'one');
      await peer.publish(`${BASE}/all/command`, command);
      await peer.publish(`${DESK}/command`, { ...command, number: '1002' });
      await peer.next(`${DESK}/response/one`, ({ text }) => text.includes('"config"'));
      await peer.ask('desk-1', { type: 'ping' });
      const answers = peer.json(`${DESK}/response/one`).filter(({ ok }) => ok === true);
      assert.ok(answers.length > 0);
      for (const answer of answers) assert.deepEqual(answer, first);
      assert.equal(callsOf(peer).length, 1);
    });

    it('are answered to all who ask while they are under way', async () => {
      const command = { id: 'asked', type: 'dial', number: '1001', ts: Date.now(), ttl: 10 };
      for (const from of [undefined, 'crm', 'wallboard', 'crm'])
        await peer.publish(`${DESK}/command`, { ...command, from });
      const answer = await peer.answer('desk-1', 'asked');
      assert.deepEqual(await peer.answer('desk-1', 'asked', 'crm'), answer);
      assert.deepEqual(await peer.answer('desk-1', 'asked', 'wallboard'), answer);
      await peer.ask('desk-1', { type: 'ping' });
      assert.equal(callsOf(peer).length, 1);
    });

    it('that are late, early or without a time are not carried out, and learn what time it is', async () => {
      const { session } = await peer.ask('desk-1', { type: 'ping' });
      const dial = { type: 'dial', number: '1001' };
      for (const dating of [
        { ts: Date.now() - 3_600_000 },
        { ts: Date.now() + 3_600_000 },
        { ts: Date.now() - 3000, ttl: 1 },
        { ts: undefined, ttl: undefined },
        { session: 'another' },
      ]) {
        const answer = await peer.ask('desk-1', { ...dial, ...dating });
        assert.equal(answer.error?.code, 'expired_command', JSON.stringify([dating, answer]));
        assert.ok(Math.abs(Number(answer['time']) - Date.now()) < 60_000);
      }
      assert.equal(callsOf(peer).length, 0);
      assert.equal((await peer.ask('desk-1', { ...dial, ts: undefined, session })).ok, true);
    });

    it('that were planted, or are nothing that could be answered, are dropped and counted', async () => {
      const topic = `${BASE}/desk-9/command`;
      const planted = { id: 'planted', type: 'dial', number: '1001', ts: Date.now(), ttl: 60 };
      await peer.publish(topic, planted, { retain: true });
      await agents.start({ broker: { url: mosquitto().url }, base: BASE, phones: [deskPhone('desk-9')] });
      for (const broken of ['{"id": "x", ', '[]', 'null', '"dial"', '']) await peer.publish(topic, broken);
      await peer.publish(topic, { ...planted, id: '../../desk-1/state' });
      await peer.publish(topic, { ...planted, id: 'a/b' });
      assert.equal((await peer.ask('desk-9', { type: 'ping' })).ok, true);
      assert.ok(!peer.received.some(({ topic }) => topic.startsWith(`${BASE}/desk-9/response/planted`)));
      assert.deepEqual(agents.microsip('desk-9').calls.all, []);
      await eventually(() => agents.said('commands_dropped'));
      await peer.publish(topic, '', { retain: true });
    });

    it('that are unknown, forbidden or too large are refused', async () => {
      for (const [command, code] of [
        [{ type: 'explode' }, 'config'],
        [{ type: 'dial', number: '1001', extra: 1 }, 'config'],
        [{ type: 'answer' }, 'refused'],
        [{ type: 'dial', number: '/resetnoask' }, 'invalid_number'],
        [{ type: 'dial', number: '1'.repeat(17_000) }, 'config'],
        [{ type: 'dial', number: '1001', ttl: 61 }, 'config'],
        [{ type: 'constructor' }, 'config'],
        [{}, 'config'],
      ] as const)
        assert.equal((await peer.ask('desk-1', command)).error?.code, code, JSON.stringify(command).slice(0, 80));
      assert.equal(callsOf(peer).length, 0);
    });

    it('are all answered, though more come at once than a phone takes', async () => {
      const dial = { type: 'dial', number: '1001', ts: Date.now(), ttl: 60 };
      await Promise.all(
        Array.from({ length: 600 }, (_, n) => peer.publish(`${BASE}/desk-2/command`, { ...dial, id: `burst-${n}` })),
      );
      const answers = await eventually(() => {
        const all = peer.received.filter(({ topic }) => topic.startsWith(`${BASE}/desk-2/response/burst-`));
        return all.length >= 600 ? all : undefined;
      });
      assert.equal(new Set(answers.map(({ topic }) => topic)).size, 600);
      assert.equal(answers.filter(({ text }) => text.includes('"ok":true')).length, 1);
    });

    it('for a group or all are answered by each phone that is meant', async () => {
      const send = (to: string, id: string) =>
        peer.publish(`${BASE}/${to}/command`, { id, from: 'me', type: 'ping', ts: Date.now(), ttl: 10 });
      await send('group/sales', 'some');
      await send('all', 'every');
      const answered = async (desk: number, id: string) => (await peer.answer(`desk-${desk}`, id, 'me')).ok;
      assert.deepEqual(await Promise.all([1, 2].map((desk) => answered(desk, 'some'))), [true, true]);
      assert.deepEqual(await Promise.all([1, 2, 3].map((desk) => answered(desk, 'every'))), [true, true, true]);
      assert.equal(peer.on(`${BASE}/desk-3/response/me/some`).length, 0);
    });

    it('have all that is retained of a phone published again', async () => {
      peer.forget();
      assert.equal((await peer.ask('desk-1', { type: 'snapshot' })).ok, true);
      await peer.next(`${DESK}/availability`, ({ text }) => text === 'online');
      await peer.next(`${DESK}/state`);
      await peer.next(`${DESK}/info`);
    });

    it('play the far end of a phone on the simulator', async () => {
      assert.ok((await peer.ask('desk-2', { type: 'simulate', action: 'incoming', number: '+4930123456' }))['callId']);
      const event = await peer.next(`${BASE}/desk-2/event`, ({ text }) => text.includes('"incoming"'));
      assert.equal((JSON.parse(event.text) as { number: string }).number, '+4930123456');
      assert.equal((await peer.ask('desk-2', { type: 'simulate', action: 'explode' })).error?.code, 'config');
      assert.equal((await peer.ask('desk-2', { type: 'answer' })).ok, true);
    });

    if (protocolVersion === 5)
      it('are answered on the topic of their own, but only among the answers of the phone', async () => {
        const correlationData = Buffer.from([0, 255, 1]);
        const responseTopic = `${DESK}/response/my/own/place`;
        const ask = (properties: object) => peer.send('desk-1', { type: 'ping', id: randomUUID() }, { properties });
        await ask({ responseTopic, correlationData });
        const answer = await peer.next(responseTopic);
        assert.deepEqual(answer.properties.correlationData, correlationData);
        const id = await ask({ responseTopic: `${BASE}/desk-2/command`, correlationData });
        assert.equal((await peer.answer('desk-1', id)).error?.code, 'config');
        assert.equal(peer.on(`${BASE}/desk-2/command`).length, 0);
        const undated = await peer.send(
          'desk-1',
          { type: 'ping', ts: undefined },
          { properties: { messageExpiryInterval: 5 } },
        );
        assert.equal((await peer.answer('desk-1', undated)).ok, true);
        assert.ok(responses().every(({ retain }) => !retain));
      });
  });

function callsOf(peer: MqttPeer): object[] {
  return peer.json(`${DESK}/event`).filter(({ event }) => event === 'outgoing');
}
