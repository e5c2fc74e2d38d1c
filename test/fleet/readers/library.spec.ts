import assert from 'node:assert/strict';
import { createPhone } from '../../../src/create-phone';
import type { Phone } from '../../../src/phone/phone';
import { eventually } from '../../support/eventually';
import { useMosquitto } from '../../support/mosquitto';
import { presenceOf } from '../../support/presence';
import { deskPhone, RunningAgents } from '../../support/running-agents';

describe('programs with phones that an agent has', () => {
  const mosquitto = useMosquitto();
  const agents = new RunningAgents();
  let phones: Phone[] = [];

  afterEach(async () => {
    await Promise.all(phones.map((phone) => phone.close()));
    phones = [];
  });

  it('see a broker that was killed and comes back, and go on with all their phones', async () => {
    const broker = { url: mosquitto().url };
    await agents.start({ broker, phones: [deskPhone('desk-1'), deskPhone('desk-2')] });
    phones = ['desk-1', 'desk-2'].map((phoneId) => createPhone({ connection: 'mqtt', broker, phoneId }));
    const events: string[] = [];
    phones[0]?.on('event', ({ event }) => events.push(event));
    await Promise.all(phones.map((phone) => phone.open()));
    for (const phone of phones) await presenceOf(phone, 'ready');
    await mosquitto().kill();
    for (const phone of phones)
      await eventually(() => (phone.snapshot().problem === 'broker_offline' ? true : undefined));
    await mosquitto().restart();
    for (const phone of phones) await presenceOf(phone, 'ready');
    assert.deepEqual(
      events.filter((event) => event.startsWith('phone_')),
      ['phone_online', 'phone_offline', 'phone_online'],
    );
    const { callId } = (await phones[0]?.execute({ type: 'dial', number: '1002' })) ?? {};
    assert.ok(callId);
  }).timeout(90_000);
});
